package dev.hydra.api;

import dev.hydra.Component;
import dev.hydra.settings.Settings;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;

/** The gateway's address as clients know it, for addresses that are given to them. */
@Component
public final class OwnAddress {
    private final Optional<URI> publicUrl;

    @Inject
    OwnAddress(Settings settings) {
        this.publicUrl = settings.publicUrl();
    }

    /** What the client used to reach us, unless it is set: what a proxy in front changes is known from the setting alone. Without a slash at its end. */
    String of(HttpServletRequest request) {
        if (publicUrl.isPresent()) {
            String url = publicUrl.get().toString();
            return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        }
        String host = request.getHeader("Host");
        return request.getScheme() + "://" + (host == null ? request.getServerName() + ':' + request.getServerPort() : host)
                + request.getContextPath();
    }
}
