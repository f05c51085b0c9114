package dev.hydra.access;

import dev.hydra.Component;
import dev.hydra.access.Decision.Denied;
import dev.hydra.access.Decision.Granted;
import dev.hydra.access.Decision.Reason;
import dev.hydra.secret.Secret;
import dev.hydra.settings.Settings;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Decides on every request before anything else looks at it. Public paths are open; {@code /admin} and {@code /dashboard} have {@link AdminGuard};
 * all others need a token, or the open mode.
 */
@Component
public final class Access {
    private static final String MISSING = "This gateway needs an access token: send it as \"Authorization: Bearer hydra-...\", x-api-key, x-goog-api-key "
            + "or api-key. Its operator makes one with: hydra tokens create --name NAME";

    private final Tokens tokens;
    private final AdminCredential credential;
    private final Clock clock;
    private final RemoteAddress remote;
    private final OpenMode open;
    private final AdminGuard admin;

    /** @param clock decides on expiry */
    @Inject
    public Access(Settings settings, Tokens tokens, AdminCredential credential, Clock clock) {
        this.tokens = tokens;
        this.credential = credential;
        this.clock = clock;
        remote = new RemoteAddress(settings.server().trustedProxies());
        open = new OpenMode(settings);
        admin = new AdminGuard(settings, credential, remote, open, clock);
    }

    /** The server begins to serve: looks for changes of tokens from now on, and tells local commands where it is. */
    public void begin() {
        tokens.watch();
        credential.announce();
    }

    /** The server stops. */
    public void end() {
        credential.withdraw();
        tokens.close();
    }

    /** Whether local callers need no token: the executable on loopback, and no token was ever made. */
    public boolean isOpen() {
        return open.isPossible() && tokens.index().isEmpty();
    }

    /** Decides. Never throws for anything that a client sends. */
    public Decision decide(HttpServletRequest request) {
        String host = request.getHeader("Host");
        Optional<Authority> authority = host == null ? Optional.empty() : Authority.parse(host);
        if (host != null && authority.isEmpty()) {
            return denied(Area.API, Reason.MALFORMED, "The Host header is malformed.");
        }
        Optional<Area> area = Area.of(request);
        if (area.isEmpty()) {
            return denied(Area.API, Reason.MALFORMED,
                    "The path is ambiguous: no dot segments, path parameters or backslashes are allowed.");
        }
        return switch (area.get()) {
            case PUBLIC -> new Granted(Area.PUBLIC, caller("anonymous", request));
            case ADMIN, DASHBOARD -> admin.decide(area.get(), request, authority);
            case API -> client(request, authority);
        };
    }

    private Decision client(HttpServletRequest request, Optional<Authority> host) {
        List<Secret> candidates = Credentials.tokens(request);
        if (isOpen()) {
            return local(request, host);
        }
        Optional<String> problem = Optional.empty();
        for (Secret candidate : candidates) {
            Optional<TokenIndex.Entry> entry = tokens.index().find(candidate);
            if (entry.isPresent()) {
                Token token = entry.get().token();
                switch (token.state(clock.instant())) {
                    case ACTIVE -> {
                        entry.get().lastUse().at(clock.instant());
                        return new Granted(Area.API, new Caller(Optional.of(token.id()), token.name(), remote.recorded(request)));
                    }
                    case EXPIRED -> problem = Optional
                            .of("This access token has expired. The operator makes a new one with: hydra tokens create --name NAME");
                    case REVOKED -> problem = Optional.of("This access token was revoked.");
                }
            }
        }
        return denied(Area.API, Reason.NO_TOKEN, problem.orElseGet(() -> refusal(candidates)));
    }

    private Decision local(HttpServletRequest request, Optional<Authority> host) {
        return switch (open.check(request, host)) {
            case LOCAL -> new Granted(Area.API, caller("local", request));
            case FOREIGN_PAGE ->
                denied(Area.API, Reason.FORBIDDEN, "A web page of another origin cannot use this gateway without an access token.");
            case NOT_LOCAL -> denied(Area.API, Reason.NO_TOKEN,
                    "Without an access token this gateway answers only to its own machine, by a loopback address "
                            + "and not through a proxy or tunnel. Its operator makes one with: hydra tokens create --name NAME");
        };
    }

    private String refusal(List<Secret> candidates) {
        if (tokens.index().isEmpty()) {
            return "No access token exists yet, so this gateway is closed. Its operator makes one with: hydra tokens create --name NAME";
        }
        if (candidates.stream().anyMatch(credential::is)) {
            return "The admin credential cannot call models. " + MISSING;
        }
        return candidates.isEmpty() ? MISSING : "This access token is not valid. " + MISSING;
    }

    private Caller caller(String name, HttpServletRequest request) {
        return new Caller(Optional.empty(), name, remote.recorded(request));
    }

    private static Denied denied(Area area, Reason reason, String message) {
        return new Denied(area, reason, message, Optional.empty());
    }
}
