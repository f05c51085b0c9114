package dev.hydra.cli;

import dev.hydra.access.RunningServer;
import dev.hydra.keys.KeyEntry;
import dev.hydra.settings.LoadedSettings;
import dev.hydra.settings.Settings;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hydra gateway}: the server in the foreground, until the process is told to stop. */
@Command(name = "gateway", aliases = "serve", description = "Start the gateway and stay in the foreground until it is stopped (Ctrl-C).")
final class GatewayCommand implements Runnable {
    private final Console console;
    private final Function<Map<String, String>, AutoCloseable> server;

    @Mixin
    private final SettingsOptions settings = new SettingsOptions();

    @Option(names = "--host", paramLabel = "ADDRESS",
            description = "Address to listen on (HYDRA_HOST; default 127.0.0.1). Any other than loopback needs tokens.")
    private @Nullable String host;

    @Option(names = {"-p", "--port"}, paramLabel = "PORT",
            description = "Port to listen on, 0 takes any free one (HYDRA_PORT; default 8000).")
    private @Nullable String port;

    @Option(names = "--keys-file", paramLabel = "FILE", description = "File of keys (HYDRA_KEYS_FILE; default ./keys.json if it is there).")
    private @Nullable Path keysFile;

    @Option(names = "--log-level", paramLabel = "LEVEL", description = "TRACE, DEBUG, INFO, WARN or ERROR (HYDRA_LOG_LEVEL; default INFO).")
    private @Nullable String logLevel;

    @Option(names = "--demo",
            description = "Answer from a built-in simulated Gemini: no key, no network, nothing stored (unless HYDRA_HOME or --home is given).")
    private boolean demo;

    GatewayCommand(Console console, Function<Map<String, String>, AutoCloseable> server) {
        this.console = console;
        this.server = server;
    }

    @Override
    public void run() {
        Map<String, String> flags = flags();
        Optional<Demo> simulated = demo ? Optional.of(new Demo(home(flags))) : Optional.empty();
        simulated.ifPresent(started -> flags.putAll(started.flags()));
        Stop stop;
        try {
            stop = start(flags, () -> simulated.ifPresent(Demo::close));
        } catch (RuntimeException e) {
            simulated.ifPresent(Demo::close);
            throw e;
        }
        stop.await();
    }

    private static Optional<Path> home(Map<String, String> flags) {
        String named = flags.getOrDefault("HYDRA_HOME", System.getProperty("HYDRA_HOME", System.getenv("HYDRA_HOME")));
        return Optional.ofNullable(named).filter(text -> !text.isBlank()).map(Path::of);
    }

    private Map<String, String> flags() {
        Map<String, String> flags = settings.flags();
        SettingsOptions.put(flags, "HYDRA_HOST", host);
        SettingsOptions.put(flags, "HYDRA_PORT", port);
        SettingsOptions.put(flags, "HYDRA_KEYS_FILE", keysFile);
        SettingsOptions.put(flags, "HYDRA_LOG_LEVEL", logLevel);
        return flags;
    }

    private Stop start(Map<String, String> flags, Runnable after) {
        LoadedSettings loaded = SettingsOptions.load(flags);
        Settings wanted = loaded.settings();
        loaded.warnings().forEach(warning -> console.warn("hydra: " + warning));
        console.logLevel().accept(wanted.logLevel());
        refuseSecond(wanted.home());
        Map<String, String> boot = new HashMap<>(flags);
        boot.put("HYDRA_HOST", wanted.server().host());
        boot.put("HYDRA_PORT", Integer.toString(wanted.server().port()));
        boot.put("HYDRA_HOME", wanted.home().toString());
        boot.put("HYDRA_LOG_LEVEL", wanted.logLevel());
        AutoCloseable running = serve(boot);
        // Before the greeting: who asks the process to end meanwhile wants an orderly end too.
        Stop stop = new Stop(() -> {
            close(running);
            after.run();
        });
        try {
            greet(wanted, Integer.parseInt(boot.get("HYDRA_PORT")));
        } catch (RuntimeException e) {
            stop.now();
            throw e;
        }
        return stop;
    }

    private AutoCloseable serve(Map<String, String> boot) {
        try {
            return server.apply(boot);
        } catch (IllegalStateException e) {
            throw new CommandFailed(e.getMessage());
        }
    }

    /** Here already, since the server itself could only say that the database is in use. */
    private static void refuseSecond(Path home) {
        RunningServer.in(home).filter(running -> running.process() != ProcessHandle.current().pid()).ifPresent(running -> {
            try (AdminApi other = AdminApi.of(running)) {
                if (other.answers()) {
                    throw new CommandFailed("a Hydra runs already at " + running.address() + " with the home directory " + home
                            + ". Stop it, or give this one its own --home.");
                }
            }
        });
    }

    private void greet(Settings wanted, int boundPort) {
        String shown = wanted.server().host().indexOf(':') >= 0 ? "[" + wanted.server().host() + "]" : wanted.server().host();
        String address = "http://" + shown + ":" + boundPort;
        console.print("Hydra listens on " + address + "   (clients: base URL " + address + "/v1)");
        RunningServer.in(wanted.home()).ifPresent(self -> {
            try (AdminApi api = AdminApi.of(self)) {
                describe(api.status(), api.keys());
            } catch (CommandFailed e) {
                // It serves clients all the same.
                console.warn("hydra: the server runs, but its admin API does not answer this command: " + e.getMessage());
            }
        });
        if (demo) {
            console.print("Demo: a simulated Gemini answers. Try:");
            console.print("  curl " + address + "/v1/chat/completions -H 'Content-Type: application/json' "
                    + "-d '{\"model\":\"gemini-2.5-flash\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}'");
        }
    }

    private void describe(JsonObject status, List<KeyEntry> keys) {
        boolean none = status.getJsonObject("tokens").getInt("active") == 0;
        console.print(status.getString("mode").equals("open")
                ? "Access: open to this machine only, any key is accepted, until the first token is made."
                : "Access: closed, clients need a token." + (none ? " There is none yet: hydra tokens create --name NAME" : ""));
        console.print(keys.isEmpty() ? "Keys: none yet. Add one: hydra keys add, or many: hydra setup --file keys.json"
                : "Keys: " + KeyTable.summary(keys) + ".");
    }

    /** The server's end, in force from the moment this is made: when the process is asked to end, or when {@link #now} is called. */
    private static final class Stop {
        private final CountDownLatch stopped = new CountDownLatch(1);
        private final Runnable action;
        private final Thread hook;

        Stop(Runnable action) {
            this.action = action;
            hook = new Thread(() -> {
                action.run();
                stopped.countDown();
            }, "hydra-stop");
            Runtime.getRuntime().addShutdownHook(hook);
        }

        /** Until the process is asked to end, or this thread is interrupted. */
        void await() {
            try {
                stopped.await();
            } catch (InterruptedException e) {
                now();
            }
        }

        void now() {
            Runtime.getRuntime().removeShutdownHook(hook);
            action.run();
        }
    }

    private void close(AutoCloseable running) {
        try {
            running.close();
        } catch (Exception e) {
            console.warn("hydra: the server did not stop cleanly: " + e);
        }
    }
}
