package dev.hydra.cli;

import dev.hydra.access.RunningServer;
import dev.hydra.secret.Secret;
import dev.hydra.settings.Settings;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Flags that say which Hydra is meant. */
final class BackendOptions {
    @Mixin
    private final SettingsOptions settings = new SettingsOptions();

    @Option(names = "--url", paramLabel = "URL",
            description = "Address of a running Hydra elsewhere, such as a deployed WAR; signs in with the admin password.")
    private @Nullable URI url;

    @Option(names = "--password", arity = "0", interactive = true,
            description = "Ask for the admin password (default: HYDRA_ADMIN_PASSWORD).")
    private char @Nullable [] password;

    SettingsOptions settings() {
        return settings;
    }

    /** The named server, or the one that runs on the home directory, or else the database itself. */
    Backend open() {
        Settings loaded = settings.load().settings();
        if (url != null) {
            Secret given = password == null ? loaded.admin().password() : Secret.of(new String(password));
            if (given.isEmpty()) {
                throw new CommandFailed("--url needs the admin password of that server: set HYDRA_ADMIN_PASSWORD or add --password.");
            }
            return AdminApi.signedIn(url, given);
        }
        Optional<Backend> running = RunningServer.in(loaded.home()).map(AdminApi::of).filter(AdminApi::answers).map(Backend.class::cast);
        return running.orElseGet(() -> new OwnDatabase(loaded));
    }
}
