package dev.hydra.settings;

import dev.hydra.secret.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings for tests: the defaults, with everything kept in a directory of the test. */
public final class TestSettings {
    private TestSettings() {
    }

    /** Embedded defaults: an H2 file and an encryption key file in {@code home}. */
    public static Settings in(Path home) {
        return with(home, new Settings.Database(Optional.empty(), "", Secret.NONE, Optional.empty()),
                new Settings.Encryption(Secret.NONE, home.resolve("secret.key")));
    }

    /** As {@link #in}, with another database and another encryption key. */
    public static Settings with(Path home, Settings.Database database, Settings.Encryption encryption) {
        List<Cidr> loopback = List.of(Cidr.parse("127.0.0.0/8"), Cidr.parse("::1"));
        return new Settings(home, new Settings.Server("127.0.0.1", 0, List.of(), false), database, encryption,
                new Settings.Admin(Secret.NONE, loopback),
                new Settings.Gemini(URI.create("https://generativelanguage.googleapis.com"), List.of(), Optional.empty()),
                new Settings.Pool(Settings.Strategy.BALANCED, 0, Settings.LimitMode.ENFORCE, Duration.ofSeconds(20), 3, 3),
                new Settings.Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(300), Duration.ofSeconds(60),
                        Duration.ofSeconds(300)),
                new Settings.Limits(100L << 20, 400L << 20, 128),
                new Settings.Media(List.of(), 50L << 20, Duration.ofSeconds(20)),
                new Settings.Audit(Duration.ofSeconds(1), 10_000), Optional.empty(), false, "INFO");
    }
}
