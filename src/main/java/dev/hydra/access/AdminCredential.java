package dev.hydra.access;

import dev.hydra.Component;
import dev.hydra.secret.Secret;
import dev.hydra.settings.Settings;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The credential that this run of the server makes for the commands of its own user. It opens the admin API and nothing else (spec defects 51). */
@Component
public final class AdminCredential {
    private static final Logger LOG = LoggerFactory.getLogger(AdminCredential.class);
    private static final int LENGTH = 43;

    private final Settings settings;
    private final Secret secret = Secret.of(RandomText.ofLength(LENGTH));

    @Inject
    AdminCredential(Settings settings) {
        this.settings = settings;
    }

    /** Compared in constant time. */
    boolean is(Secret candidate) {
        return secret.equals(candidate);
    }

    /** Leaves {@code server.json}. Only the executable does: a deployed application does not know its address. */
    void announce() {
        if (settings.server().executable()) {
            try {
                running().announce(settings.home());
            } catch (IOException e) {
                LOG.warn("Commands will not find this server: {} cannot be written: {}", settings.home().resolve("server.json"),
                        e.getMessage());
            }
        }
    }

    /** Removes {@code server.json} if it is still this run's. */
    void withdraw() {
        if (settings.server().executable()) {
            try {
                running().withdraw(settings.home());
            } catch (IOException e) {
                LOG.warn("{} cannot be removed: {}", settings.home().resolve("server.json"), e.getMessage());
            }
        }
    }

    private RunningServer running() {
        return new RunningServer(address(settings.server()), secret, ProcessHandle.current().pid());
    }

    /** Where a command on this machine reaches the server: an address that means all is reached by loopback. */
    private static URI address(Settings.Server server) {
        String host = switch (server.host()) {
            case "0.0.0.0", "" -> "127.0.0.1";
            case "::", "[::]" -> "[::1]";
            default -> server.host().indexOf(':') >= 0 && !server.host().startsWith("[") ? "[" + server.host() + "]" : server.host();
        };
        return URI.create("http://" + host + ":" + server.port());
    }
}
