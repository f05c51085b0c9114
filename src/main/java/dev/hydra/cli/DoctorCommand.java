package dev.hydra.cli;

import dev.hydra.keys.CheckResult;
import dev.hydra.keys.KeyCheck;
import dev.hydra.keys.KeyList;
import dev.hydra.secret.Secret;
import dev.hydra.settings.InvalidSettings;
import dev.hydra.settings.LoadedSettings;
import dev.hydra.settings.Origin;
import dev.hydra.settings.Settings;
import dev.hydra.store.StoreUnavailable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hydra doctor}: everything that can be wrong around Hydra, one line each. */
@Command(name = "doctor",
        description = "Check Java, settings, files, database, keys and the way to Google. Exit code 1 if something fails.")
final class DoctorCommand implements Callable<Integer> {
    private static final int NEEDED_JAVA = 21;
    private static final int BEST_JAVA = 25;
    private static final Set<PosixFilePermission> OTHERS = Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private final Console console;
    private boolean failed;

    @Mixin
    private final BackendOptions target = new BackendOptions();

    DoctorCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        java();
        LoadedSettings loaded;
        try {
            loaded = target.settings().load();
        } catch (InvalidSettings e) {
            e.getMessage().lines().forEach(this::fail);
            return 1;
        }
        settings(loaded);
        Settings settings = loaded.settings();
        files(settings);
        keysFile(settings);
        boolean running = state();
        if (!running) {
            port(settings.server());
        }
        provider(settings);
        return failed ? 1 : 0;
    }

    private void java() {
        int version = Runtime.version().feature();
        String text = "Java " + Runtime.version() + " in " + System.getProperty("java.home");
        if (version < NEEDED_JAVA) {
            fail(text + ": Hydra needs " + BEST_JAVA);
        } else if (version < BEST_JAVA) {
            warn(text + ": Hydra is tested with " + BEST_JAVA);
        } else {
            ok(text);
        }
    }

    private void settings(LoadedSettings loaded) {
        loaded.values().stream().filter(setting -> setting.origin() != Origin.DEFAULT)
                .forEach(setting -> ok("setting " + setting.name() + " = " + setting.text() + " (" + setting.origin() + ")"));
        loaded.warnings().forEach(this::warn);
    }

    private void files(Settings settings) {
        Path home = settings.home();
        if (!Files.exists(home)) {
            warn("home directory " + home + " is not there yet; the first start makes it");
            return;
        }
        if (!Files.isDirectory(home) || !Files.isWritable(home)) {
            fail("home directory " + home + " is not a directory that this user can write");
        } else if (isOpen(home)) {
            warn("home directory " + home + " can be read by others: chmod 700 " + home);
        } else {
            ok("home directory " + home);
        }
        Path secret = settings.encryption().file();
        if (!settings.encryption().secret().isEmpty()) {
            ok("encryption key from HYDRA_SECRET");
        } else if (!Files.exists(secret)) {
            warn("encryption key " + secret + " is not there yet; the first start makes it");
        } else if (isOpen(secret)) {
            fail("encryption key " + secret + " can be read by others: chmod 600 " + secret);
        } else {
            ok("encryption key " + secret);
        }
    }

    private static boolean isOpen(Path path) {
        try {
            return Files.getPosixFilePermissions(path).stream().anyMatch(OTHERS::contains);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private void keysFile(Settings settings) {
        settings.gemini().keysFile().ifPresent(file -> {
            KeyList list = KeyList.read(file);
            list.problems().forEach(problem -> warn("keys file " + file + ": " + problem));
            if (list.keys().isEmpty()) {
                fail("keys file " + file + " has no usable key");
            } else {
                ok("keys file " + file + ": " + list.keys().size() + " keys");
            }
        });
    }

    /** What is stored. @return whether a server runs */
    private boolean state() {
        try (Backend hydra = target.open()) {
            boolean running = hydra.status().getBoolean("running");
            ok(running ? "server runs at " + hydra.status().getString("address") : "no server runs; database opens");
            var keys = hydra.keys();
            if (keys.isEmpty()) {
                warn("no key is stored: hydra keys add, or hydra setup --file keys.json");
            } else if (KeyTable.counts(keys).getOrDefault("active", 0) == 0) {
                fail("no key works: " + KeyTable.summary(keys));
            } else {
                ok("keys: " + KeyTable.summary(keys));
            }
            ok("access tokens: " + hydra.tokens().size());
            return running;
        } catch (StoreUnavailable | CommandFailed e) {
            fail(e.getMessage());
            return false;
        }
    }

    private void port(Settings.Server server) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(server.host(), server.port()));
            ok("port " + server.port() + " on " + server.host() + " is free");
        } catch (IOException e) {
            fail("port " + server.port() + " on " + server.host() + " cannot be used: " + e.getMessage());
        }
    }

    private void provider(Settings settings) {
        Secret key = settings.gemini().keys().stream().findFirst()
                .or(() -> settings.gemini().keysFile()
                        .flatMap(file -> KeyList.read(file).keys().stream().findFirst().map(found -> found.secret())))
                .orElse(Secret.NONE);
        try (KeyCheck check = new KeyCheck(settings)) {
            switch (check.check(key.isEmpty() ? Secret.of("no-key") : key)) {
                case CheckResult.Valid valid ->
                    ok(settings.gemini().url() + " answers; the first configured key sees " + valid.models().size() + " models");
                case CheckResult.Invalid invalid when key.isEmpty() -> ok(settings.gemini().url() + " answers");
                case CheckResult.Invalid invalid ->
                    warn(settings.gemini().url() + " answers, but refuses the first configured key: " + invalid.reason());
                case CheckResult.Unreachable unreachable -> fail(unreachable.message());
            }
        }
    }

    private void ok(String text) {
        console.print("ok    " + text);
    }

    private void warn(String text) {
        console.print("warn  " + text);
    }

    private void fail(String text) {
        failed = true;
        console.print("fail  " + text);
    }
}
