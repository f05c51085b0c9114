package dev.hydra.wire;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses are of the public internet, by IANA's special-purpose registries (RFC 6890 and later); defects S15, S16.
 *
 * <p>An IPv4 address that is mapped into IPv6 is an IPv4 address already when Java has read it. All other ways to put an IPv4 address into an
 * IPv6 one are refused, whatever that address is: a translator on the way would make a connection to an inner address of it.
 */
final class PublicAddresses {
    private static final List<Range> REFUSED_V4 = ranges(
            // This network, private, shared by a provider's customers, loopback, link-local (cloud metadata), private
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            // Protocol assignments, documentation, 6to4 relays, private, benchmarks, documentation
            "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            // Azure's host, which looks public; multicast, reserved and broadcast
            "168.63.129.16/32", "224.0.0.0/4", "240.0.0.0/4");
    /** Global unicast; outside of it are loopback, mapped, compatible, NAT64 (64:ff9b::/96 and its local twin), unique-local, link-local, multicast. */
    private static final Range GLOBAL_V6 = range("2000::/3");
    private static final List<Range> REFUSED_V6 = ranges(
            // Protocol assignments with Teredo, documentation, 6to4, documentation
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private PublicAddresses() {
    }

    static boolean contains(InetAddress address) {
        return address.getAddress().length == 4 ? REFUSED_V4.stream().noneMatch(range -> range.contains(address))
                : GLOBAL_V6.contains(address) && REFUSED_V6.stream().noneMatch(range -> range.contains(address));
    }

    private static List<Range> ranges(String... texts) {
        return Stream.of(texts).map(PublicAddresses::range).toList();
    }

    private static Range range(String text) {
        int slash = text.indexOf('/');
        try {
            byte[] network = InetAddress.getByName(text.substring(0, slash)).getAddress();
            int shift = network.length * 8 - Integer.parseInt(text.substring(slash + 1));
            return new Range(new BigInteger(1, network).shiftRight(shift), shift);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** @param shift bits of an address that do not count */
    private record Range(BigInteger network, int shift) {
        boolean contains(InetAddress address) {
            return new BigInteger(1, address.getAddress()).shiftRight(shift).equals(network);
        }
    }
}
