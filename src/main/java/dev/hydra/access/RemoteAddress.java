package dev.hydra.access;

import dev.hydra.settings.Cidr;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who is at the other end. Forwarding headers count only when the socket's peer is a trusted proxy; then they are walked from the right, over
 * further trusted proxies, to the first address that is none. What cannot be read is nobody's address (spec defects S25, S29).
 */
final class RemoteAddress {
    private static final int MOST_HOPS = 32;

    private final List<Cidr> trustedProxies;

    RemoteAddress(List<Cidr> trustedProxies) {
        this.trustedProxies = List.copyOf(trustedProxies);
    }

    /** The address of the client; empty when it cannot be told: forwarded by somebody who is not trusted, or not readable. */
    Optional<InetAddress> of(HttpServletRequest request) {
        Optional<InetAddress> peer = peer(request);
        if (peer.isEmpty() || !ForwardingHeaders.presentIn(request)) {
            return peer;
        }
        if (!isTrusted(peer.get())) {
            return Optional.empty();
        }
        List<String> standard = ForwardingHeaders.values(request, "Forwarded");
        List<String> usual = ForwardingHeaders.values(request, "X-Forwarded-For");
        if (standard.isEmpty() && usual.isEmpty()) {
            return Optional.empty();
        }
        Optional<InetAddress> byStandard = standard.isEmpty() ? Optional.empty() : client(forwardedFor(standard));
        Optional<InetAddress> byUsual = usual.isEmpty() ? Optional.empty() : client(elements(usual, ','));
        if (standard.isEmpty() || usual.isEmpty()) {
            return standard.isEmpty() ? byUsual : byStandard;
        }
        // Which of the two the proxy wrote is unknown; the other may be the client's own invention.
        return byStandard.equals(byUsual) ? byStandard : Optional.empty();
    }

    /** The socket's address. */
    static Optional<InetAddress> peer(HttpServletRequest request) {
        String text = request.getRemoteAddr();
        if (text == null) {
            return Optional.empty();
        }
        int zone = text.indexOf('%');
        return IpLiteral.parse(zone < 0 ? text : text.substring(0, zone));
    }

    /** The address as text for the record: the client's where it can be told, else the socket's. */
    String recorded(HttpServletRequest request) {
        String socket = request.getRemoteAddr();
        if (trustedProxies.isEmpty()) {
            return socket == null ? "" : socket;
        }
        return of(request).map(InetAddress::getHostAddress).orElse(socket == null ? "" : socket);
    }

    private Optional<InetAddress> client(List<String> hops) {
        if (hops.isEmpty() || hops.size() > MOST_HOPS) {
            return Optional.empty();
        }
        Optional<InetAddress> address = Optional.empty();
        for (int i = hops.size() - 1; i >= 0; i--) {
            address = IpLiteral.parse(withoutPort(hops.get(i)));
            if (address.isEmpty() || !isTrusted(address.get())) {
                return address;
            }
        }
        return address;
    }

    private boolean isTrusted(InetAddress address) {
        for (Cidr range : trustedProxies) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** The {@code for=} of each element of RFC 7239; an element without one is an unreadable hop. */
    private static List<String> forwardedFor(List<String> lines) {
        List<String> hops = new ArrayList<>();
        for (String element : elements(lines, ',')) {
            String hop = "";
            for (String pair : elements(List.of(element), ';')) {
                if (pair.regionMatches(true, 0, "for=", 0, 4)) {
                    hop = unquoted(pair.substring(4));
                }
            }
            hops.add(hop);
        }
        return hops;
    }

    private static List<String> elements(List<String> lines, char separator) {
        List<String> elements = new ArrayList<>();
        for (String line : lines) {
            int start = 0;
            for (int i = 0; i <= line.length(); i++) {
                if (i == line.length() || line.charAt(i) == separator) {
                    elements.add(line.substring(start, i).strip());
                    start = i + 1;
                }
            }
        }
        return elements;
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() > 1 && text.charAt(0) == '"' && text.charAt(text.length() - 1) == '"';
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    /** Some proxies add the client's port: {@code 1.2.3.4:5678}, {@code [::1]:5678}. */
    private static String withoutPort(String hop) {
        if (hop.startsWith("[")) {
            return Authority.parse(hop).map(Authority::host).orElse("");
        }
        int colon = hop.indexOf(':');
        return colon > 0 && colon == hop.lastIndexOf(':') ? Authority.parse(hop).map(Authority::host).orElse("") : hop;
    }
}
