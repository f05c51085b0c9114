package dev.hydra.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Reads IP addresses out of untrusted text. Never asks a name server, and takes no short form such as {@code 127.1} or {@code 2130706433}. */
final class IpLiteral {
    private static final int LONGEST = 45;

    private IpLiteral() {
    }

    /** The address; IPv4 mapped into IPv6 becomes IPv4. Empty when the text is anything but one address. */
    static Optional<InetAddress> parse(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return Optional.empty();
        }
        return text.indexOf(':') < 0 ? ipv4(text) : ipv6(text);
    }

    private static Optional<InetAddress> ipv4(String text) {
        byte[] bytes = new byte[4];
        int part = 0;
        int value = -1;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '.';
            if (c == '.') {
                if (value < 0 || part == 4) {
                    return Optional.empty();
                }
                bytes[part++] = (byte) value;
                value = -1;
            } else if (c >= '0' && c <= '9' && value != 0 && Math.max(value, 0) * 10 + c - '0' <= 255) {
                value = Math.max(value, 0) * 10 + c - '0';
            } else {
                return Optional.empty();
            }
        }
        return part == 4 ? of(bytes) : Optional.empty();
    }

    private static Optional<InetAddress> ipv6(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.digit(c, 16) < 0 && c != ':' && c != '.' || c > 'f') {
                return Optional.empty();
            }
        }
        try {
            // A text with a colon is read as an address or refused, never looked up as a name.
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static Optional<InetAddress> of(byte[] bytes) {
        try {
            return Optional.of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
