package dev.hydra.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;

/**
 * Host and port, as a {@code Host} header names them.
 *
 * @param host lower case; an IPv6 address without its brackets
 * @param port 0 to 65535; empty when none was named
 */
record Authority(String host, Optional<Integer> port) {
    private static final int LONGEST = 260;

    /** Reads {@code name}, {@code name:port}, {@code 1.2.3.4:port} or {@code [::1]:port}; empty for everything else (spec defects S2). */
    static Optional<Authority> parse(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return Optional.empty();
        }
        boolean bracketed = text.charAt(0) == '[';
        int end = bracketed ? text.indexOf(']') : text.indexOf(':');
        if (bracketed && end < 0) {
            return Optional.empty();
        }
        String host = bracketed ? text.substring(1, end) : end < 0 ? text : text.substring(0, end);
        String rest = bracketed ? text.substring(end + 1) : end < 0 ? "" : text.substring(end);
        boolean right = bracketed ? host.indexOf(':') >= 0 && IpLiteral.parse(host).isPresent() : isName(host);
        if (!right || !rest.isEmpty() && !isPort(rest)) {
            return Optional.empty();
        }
        Optional<Integer> port = rest.isEmpty() ? Optional.empty() : Optional.of(Integer.valueOf(rest.substring(1)));
        return Optional.of(new Authority(host.toLowerCase(Locale.ROOT), port));
    }

    /**
     * Whether it names this machine by {@code localhost} or a loopback address; any other name may be an attacker's that points here. IPv4 written as IPv6
     * ({@code ::ffff:127.0.0.1}) is no name that a client of this machine uses, but one that passes filters.
     */
    boolean isLoopback() {
        return host.equals("localhost")
                || IpLiteral.parse(host).filter(this::isAsWritten).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    private boolean isAsWritten(InetAddress address) {
        return host.indexOf(':') < 0 || address instanceof Inet6Address;
    }

    private static boolean isName(String host) {
        if (host.isEmpty()) {
            return false;
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPort(String rest) {
        if (rest.charAt(0) != ':' || rest.length() < 2 || rest.length() > 6) {
            return false;
        }
        int port = 0;
        for (int i = 1; i < rest.length(); i++) {
            char c = rest.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
            port = port * 10 + c - '0';
        }
        return port <= 65535;
    }
}
