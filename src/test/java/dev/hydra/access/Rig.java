package dev.hydra.access;

import dev.hydra.secret.Secret;
import dev.hydra.settings.Cidr;
import dev.hydra.settings.Settings;
import dev.hydra.settings.TestSettings;
import dev.hydra.store.Database;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Access control over a real database in a directory of the test. */
public final class Rig implements AutoCloseable {
    public final MovableClock clock = new MovableClock();
    public final Settings settings;
    public final Database database;
    public final Tokens tokens;
    public final AdminCredential credential;
    public final Access access;

    private Rig(Settings settings) {
        this.settings = settings;
        database = new Database(settings);
        tokens = new Tokens(database, settings, clock);
        credential = new AdminCredential(settings);
        access = new Access(settings, tokens, credential, clock);
    }

    /** The executable on loopback, fresh. */
    public static Rig executable(Path home) {
        return with(home, new Settings.Server("127.0.0.1", 8000, List.of(), true), "", Optional.empty());
    }

    /** A deployed WAR, fresh. */
    public static Rig deployed(Path home) {
        return with(home, new Settings.Server("127.0.0.1", 8000, List.of(), false), "", Optional.empty());
    }

    /** Anything else. */
    public static Rig with(Path home, Settings.Server server, String adminPassword, Optional<URI> publicUrl) {
        return new Rig(settings(home, server, adminPassword, publicUrl));
    }

    /** The defaults of tests, apart from what decides on access. */
    public static Settings settings(Path home, Settings.Server server, String adminPassword, Optional<URI> publicUrl) {
        Settings base = TestSettings.in(home);
        List<Cidr> allow = List.of(Cidr.parse("127.0.0.0/8"), Cidr.parse("::1"), Cidr.parse("10.1.0.0/16"));
        return new Settings(base.home(), server, base.database(), base.encryption(), new Settings.Admin(Secret.of(adminPassword), allow),
                base.gemini(), base.pool(), base.timeouts(), base.limits(), base.media(), base.streams(), base.audit(), base.responses(),
                base.pictures(),
                base.redis(), publicUrl, base.strict(), base.logLevel());
    }

    public Decision decide(FakeRequest request) {
        return access.decide(request.made());
    }

    /** {@code granted NAME} or the reason of the refusal. */
    public String said(FakeRequest request) {
        return switch (decide(request)) {
            case Decision.Granted granted -> "granted " + granted.caller().name();
            case Decision.Denied denied -> denied.reason().name();
        };
    }

    @Override
    public void close() {
        tokens.close();
        database.close();
    }
}
