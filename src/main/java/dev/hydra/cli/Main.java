package dev.hydra.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** The command line. */
public final class Main {
    private Main() {
    }

    /**
     * Runs the gateway in the foreground until the JVM is told to stop.
     *
     * @param args   the command line
     * @param server starts the embedded server with the settings of {@code dev.hydra.boot.EmbeddedTomcat}; what it returns stops the server
     * @return the exit code
     * @throws InterruptedException when interrupted while serving
     */
    public static int run(String[] args, Function<Map<String, String>, AutoCloseable> server) throws InterruptedException {
        Map<String, String> settings = new HashMap<>(System.getenv());
        for (int i = 1; i + 1 < args.length; i += 2) {
            settings.put("HYDRA_" + args[i].substring(2).toUpperCase(java.util.Locale.ROOT), args[i + 1]);
        }
        AutoCloseable running;
        try {
            running = server.apply(settings);
        } catch (IllegalStateException e) {
            System.err.println(e.getMessage());
            return 1;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                running.close();
            } catch (Exception e) {
                System.err.println("hydra: the server did not stop cleanly: " + e);
            }
            stopped.countDown();
        }, "hydra-stop"));
        System.err.println("Hydra listens on http://" + settings.getOrDefault("HYDRA_HOST", "127.0.0.1") + ":" + settings.get("HYDRA_PORT"));
        stopped.await();
        return 0;
    }
}
