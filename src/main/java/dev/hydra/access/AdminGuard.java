package dev.hydra.access;

import dev.hydra.access.Decision.Denied;
import dev.hydra.access.Decision.Granted;
import dev.hydra.access.Decision.Reason;
import dev.hydra.secret.Secret;
import dev.hydra.settings.Cidr;
import dev.hydra.settings.Settings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The rules of {@code /admin} and {@code /dashboard}: an allowed address, no foreign page, and a sign-in unless the caller is local. An access token
 * is no sign-in (spec defects S30). A command on the server's own machine that holds the run's credential needs neither (design §10.3).
 */
final class AdminGuard {
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final String HOW = "Set HYDRA_ADMIN_PASSWORD on the server and sign in with it (HTTP Basic, any user name), or use the hydra command on "
            + "the server's own machine.";

    private final Settings.Admin settings;
    private final AdminCredential credential;
    private final RemoteAddress remote;
    private final OpenMode open;
    private final Browser browser;
    private final SignInAttempts attempts;

    AdminGuard(Settings settings, AdminCredential credential, RemoteAddress remote, OpenMode open, Clock clock) {
        this.settings = settings.admin();
        this.credential = credential;
        this.remote = remote;
        this.open = open;
        browser = new Browser(settings);
        attempts = new SignInAttempts(clock);
    }

    Decision decide(Area area, HttpServletRequest request, Optional<Authority> host) {
        Optional<InetAddress> address = remote.of(request);
        if (address.isEmpty()) {
            return denied(area, Reason.FORBIDDEN,
                    "This request came through a proxy or tunnel that is not trusted, so its origin cannot be told. Name the proxy's "
                            + "address in HYDRA_TRUSTED_PROXIES.");
        }
        if (isSameMachine(request) && hasCredential(request)) {
            return granted(area, "admin", address.get());
        }
        if (!isAllowed(address.get())) {
            return denied(area, Reason.FORBIDDEN, "The address " + address.get().getHostAddress()
                    + " may not use the admin pages. HYDRA_ADMIN_ALLOW names the addresses that may.");
        }
        if (!browser.isOwnPage(request) || isForm(request)) {
            return denied(area, Reason.FORBIDDEN,
                    "Requests from pages of another origin are refused. Behind a proxy that changes the Host header, set "
                            + "HYDRA_PUBLIC_URL to the address that browsers use.");
        }
        return signedIn(area, request, host, address.get());
    }

    private Decision signedIn(Area area, HttpServletRequest request, Optional<Authority> host, InetAddress address) {
        if (hasCredential(request)) {
            return granted(area, "admin", address);
        }
        if (settings.password().isEmpty()) {
            return open.check(request, host) == OpenMode.Verdict.LOCAL ? granted(area, "local", address)
                    : denied(area, Reason.FORBIDDEN, "The admin pages need a sign-in, and none is set up. " + HOW);
        }
        Optional<Duration> wait = attempts.wait(address);
        if (wait.isPresent()) {
            return tooMany(area, wait);
        }
        Optional<Secret> password = Credentials.basicPassword(request);
        if (password.isEmpty()) {
            return denied(area, Reason.NO_SIGN_IN,
                    "The admin pages need a sign-in: HTTP Basic with HYDRA_ADMIN_PASSWORD. An access token does not open them.");
        }
        return switch (attempts.attempt(address, () -> password.get().equals(settings.password()))) {
            case RIGHT -> granted(area, "admin", address);
            case WRONG -> denied(area, Reason.NO_SIGN_IN, "The password is wrong.");
            case HAS_TO_WAIT -> tooMany(area, attempts.wait(address));
        };
    }

    private static Denied tooMany(Area area, Optional<Duration> wait) {
        return new Denied(area, Reason.TOO_MANY_ATTEMPTS, "Too many wrong passwords. Wait a minute.", wait);
    }

    /** A server that is bound to an address of its network is called from there by its own commands, whatever HYDRA_ADMIN_ALLOW says. */
    private static boolean isSameMachine(HttpServletRequest request) {
        Optional<InetAddress> peer = RemoteAddress.peer(request);
        return peer.isPresent() && !ForwardingHeaders.presentIn(request)
                && (peer.get().isLoopbackAddress() || request.getRemoteAddr().equals(request.getLocalAddr()));
    }

    private boolean hasCredential(HttpServletRequest request) {
        String header = request.getHeader("x-hydra-admin");
        return header != null && credential.is(Secret.of(header)) || Credentials.bearer(request).filter(credential::is).isPresent();
    }

    private boolean isAllowed(InetAddress address) {
        for (Cidr range : settings.allow()) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** A page can send a form anywhere without asking; it cannot send JSON. Our own pages send JSON only. */
    private static boolean isForm(HttpServletRequest request) {
        String type = request.getContentType();
        boolean json = type == null || type.regionMatches(true, 0, "application/json", 0, "application/json".length());
        return !READING.contains(request.getMethod()) && request.getHeader("Origin") != null && !json;
    }

    private static Granted granted(Area area, String name, InetAddress address) {
        return new Granted(area, new Caller(Optional.empty(), name, address.getHostAddress()));
    }

    private static Denied denied(Area area, Reason reason, String message) {
        return new Denied(area, reason, message, Optional.empty());
    }
}
