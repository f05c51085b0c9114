package dev.hydra.access;

import dev.hydra.settings.Settings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;

/** What a browser says about the page that makes a request. Other clients say nothing, and a page cannot make a browser lie. */
final class Browser {
    private final Optional<String> publicOrigin;

    Browser(Settings settings) {
        publicOrigin = settings.publicUrl().map(Browser::origin);
    }

    /** Whether the request comes from a page of ours, from the address bar, or from no browser. */
    boolean isOwnPage(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return false;
        }
        String origin = request.getHeader("Origin");
        return origin == null || isOwn(origin, request);
    }

    private boolean isOwn(String origin, HttpServletRequest request) {
        String host = request.getHeader("Host");
        boolean same = host != null && (origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host));
        return same || publicOrigin.filter(origin::equalsIgnoreCase).isPresent();
    }

    private static String origin(URI address) {
        return address.getScheme() + "://" + address.getAuthority();
    }
}
