package dev.hydra.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A range of IP addresses. IPv4 addresses mapped into IPv6 count as IPv4, as {@link InetAddress} does by itself.
 *
 * @param network first address; bits beyond the prefix do not count
 * @param prefix  0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record Cidr(InetAddress network, int prefix) {

    /**
     * Reads {@code 10.0.0.0/8}, {@code ::1} or {@code 192.168.1.5}. Names are not resolved.
     *
     * @throws IllegalArgumentException when the text is none of these
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        String address = (slash < 0 ? text : text.substring(0, slash)).strip();
        if (address.isEmpty() || !address.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == '.' || c == ':')) {
            throw new IllegalArgumentException("not an IP address or range: " + text);
        }
        try {
            InetAddress network = InetAddress.getByName(address);
            int bits = network.getAddress().length * 8;
            int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1).strip());
            if (prefix < 0 || prefix > bits) {
                throw new IllegalArgumentException("prefix of " + text + " must be 0 to " + bits);
            }
            return new Cidr(network, prefix);
        } catch (NumberFormatException | UnknownHostException e) {
            throw new IllegalArgumentException("not an IP address or range: " + text, e);
        }
    }

    /** Whether the address lies in the range; addresses of the other IP version never do. */
    public boolean contains(InetAddress address) {
        byte[] own = network.getAddress();
        byte[] other = address.getAddress();
        if (own.length != other.length) {
            return false;
        }
        int whole = prefix / 8;
        for (int i = 0; i < whole; i++) {
            if (own[i] != other[i]) {
                return false;
            }
        }
        int rest = prefix % 8;
        return rest == 0 || (own[whole] & 0xff) >> 8 - rest == (other[whole] & 0xff) >> 8 - rest;
    }
}
