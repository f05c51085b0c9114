package dev.hydra.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A range of IP addresses. IPv4 addresses mapped into IPv6 count as IPv4, as {@link InetAddress} does by itself.
 *
 * @param network first address; bits beyond the prefix do not count
 * @param prefix  0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record Cidr(InetAddress network, int prefix) {
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:][0-9a-fA-F.]*:[0-9a-fA-F:.]*");
    private static final Pattern BYTE = Pattern.compile("0|[1-9][0-9]{0,2}");

    /**
     * Reads {@code 10.0.0.0/8}, {@code ::1} or {@code 192.168.1.5}. Names are never resolved, and IPv4 needs all four numbers.
     *
     * @throws IllegalArgumentException when the text is none of these
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        InetAddress network = address((slash < 0 ? text : text.substring(0, slash)).strip());
        int bits = network.getAddress().length * 8;
        int prefix = slash < 0 ? bits : prefix(text.substring(slash + 1).strip(), text);
        if (prefix > bits) {
            throw new IllegalArgumentException("prefix of " + text + " must be 0 to " + bits);
        }
        return new Cidr(network, prefix);
    }

    /**
     * Reads an IP address without ever asking a name server.
     *
     * @throws IllegalArgumentException when the text is not an IPv4 address of four numbers or an IPv6 address
     */
    public static InetAddress address(String text) {
        try {
            // InetAddress.getByName asks a name server for everything that is not surely an address; a text with a colon that starts like
            // an address is.
            return IPV6.matcher(text).matches() ? InetAddress.getByName(text) : InetAddress.getByAddress(ipv4(text));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an IP address: " + text, e);
        }
    }

    private static byte[] ipv4(String text) {
        String[] numbers = text.split("\\.", -1);
        byte[] address = new byte[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            // Leading zeros are octal for some readers and decimal for others.
            if (numbers.length != 4 || !BYTE.matcher(numbers[i]).matches() || Integer.parseInt(numbers[i]) > 255) {
                throw new IllegalArgumentException("not an IP address: " + text);
            }
            address[i] = (byte) Integer.parseInt(numbers[i]);
        }
        return address;
    }

    private static int prefix(String digits, String whole) {
        if (!BYTE.matcher(digits).matches()) {
            throw new IllegalArgumentException("not an IP address or range: " + whole);
        }
        return Integer.parseInt(digits);
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
