package dev.hydra.access;

import dev.hydra.settings.Settings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;

/**
 * Who counts as a local caller that needs no credential. Only the executable has such: it knows that it bound loopback itself, and nothing says that a
 * proxy stands before it. A deployed WAR cannot tell a bare {@code proxy_pass} from a local caller (design §10.1).
 */
final class OpenMode {
    /** What a request is. */
    enum Verdict {
        LOCAL, FOREIGN_PAGE, NOT_LOCAL
    }

    /** A bare {@code proxy_pass} of nginx leaves nothing but this: it calls in HTTP/1.0 (until 1.29), which programs of the machine no longer speak. */
    private static final Set<String> OLD_HTTP = Set.of("HTTP/0.9", "HTTP/1.0");

    private final boolean possible;
    private final Browser browser;

    OpenMode(Settings settings) {
        Settings.Server server = settings.server();
        possible = server.executable() && isLoopback(server.host()) && server.trustedProxies().isEmpty()
                && settings.publicUrl().map(OpenMode::namesLoopback).orElse(true);
        browser = new Browser(settings);
    }

    /** Whether this server may have local callers at all. */
    boolean isPossible() {
        return possible;
    }

    /** Looks at everything that a proxy, a tunnel, a rebound name or a foreign web page would leave. */
    Verdict check(HttpServletRequest request, Optional<Authority> host) {
        boolean local = possible && RemoteAddress.peer(request).filter(InetAddress::isLoopbackAddress).isPresent()
                && host.filter(Authority::isLoopback).isPresent() && !ForwardingHeaders.presentIn(request)
                && !OLD_HTTP.contains(request.getProtocol());
        if (!local) {
            return Verdict.NOT_LOCAL;
        }
        return browser.isOwnPage(request) ? Verdict.LOCAL : Verdict.FOREIGN_PAGE;
    }

    private static boolean namesLoopback(URI address) {
        return address.getAuthority() != null && Authority.parse(address.getAuthority()).filter(Authority::isLoopback).isPresent();
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
