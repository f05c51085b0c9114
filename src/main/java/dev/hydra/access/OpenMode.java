package dev.hydra.access;

import dev.hydra.settings.Settings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Who counts as a local caller that needs no credential. Only the executable has such: it knows that it bound loopback itself, and nothing says that a
 * proxy stands before it. A deployed WAR cannot tell a bare {@code proxy_pass} from a local caller (design §10.1).
 */
final class OpenMode {
    /** What a request is. */
    enum Verdict {
        LOCAL, FOREIGN_PAGE, NOT_LOCAL
    }

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
                && host.filter(Authority::isLoopback).isPresent() && !ForwardingHeaders.presentIn(request);
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
