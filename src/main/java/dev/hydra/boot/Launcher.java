package dev.hydra.boot;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * {@code Main-Class} of the WAR: unpacks the WAR once, then hands the arguments to {@code dev.hydra.cli.Main.run(String[], Function)} in a class loader of
 * its own. The function starts the embedded server with settings and gives back what stops it; see {@link EmbeddedTomcat#start}.
 */
public final class Launcher {
    private static final String COMMANDS = "dev.hydra.cli.Main";
    private static final String SERVER = "dev.hydra.boot.EmbeddedTomcat";
    private static final int CANNOT_START = 70;

    private Launcher() {
    }

    /**
     * Runs one command and ends the JVM with its exit code; 70 when the WAR cannot be unpacked or loaded.
     *
     * @param args the command line, passed on unchanged
     */
    public static void main(String[] args) {
        int status;
        try {
            Path war = ownWar();
            Path home = home();
            Unpacked app = Unpacked.of(war, home.resolve("app"));
            status = run(app.directory(), war, args);
        } catch (IOException | ReflectiveOperationException | URISyntaxException e) {
            System.err.println("hydra: cannot start: " + e);
            status = CANNOT_START;
        }
        System.exit(status);
    }

    private static int run(Path app, Path war, String[] args) throws IOException, ReflectiveOperationException {
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        // Never closed: they live as long as the JVM, whose end the caller is about to ask for.
        @SuppressWarnings("resource")
        ClassLoader commands = new URLClassLoader("hydra-cli", urls(app, "WEB-INF/classes", "WEB-INF/lib"), platform);
        Function<Map<String, String>, AutoCloseable> server = settings -> startServer(app, war, settings);
        Thread.currentThread().setContextClassLoader(commands);
        try {
            return (int) commands.loadClass(COMMANDS).getMethod("run", String[].class, Function.class).invoke(null, args, server);
        } catch (InvocationTargetException e) {
            throw unwrapped(e);
        }
    }

    private static AutoCloseable startServer(Path app, Path war, Map<String, String> settings) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            @SuppressWarnings("resource")
            ClassLoader boot = new URLClassLoader("hydra-server", bootUrls(app, war), ClassLoader.getPlatformClassLoader());
            thread.setContextClassLoader(boot);
            return (AutoCloseable) boot.loadClass(SERVER).getMethod("start", Path.class, Map.class).invoke(null, app, settings);
        } catch (InvocationTargetException e) {
            throw unwrapped(e);
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException("The embedded server cannot be loaded from " + app, e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static RuntimeException unwrapped(InvocationTargetException e) {
        return switch (e.getCause()) {
            case RuntimeException cause -> cause;
            case Error cause -> throw cause;
            case Throwable cause -> new IllegalStateException(cause);
        };
    }

    private static Path ownWar() throws URISyntaxException {
        URI location = Launcher.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        return Path.of(location);
    }

    /** {@code HYDRA_HOME} as system property or environment variable, else {@code ~/.hydra}. */
    private static Path home() {
        String configured = System.getProperty("HYDRA_HOME", System.getenv("HYDRA_HOME"));
        Path home = configured == null || configured.isBlank() ? Path.of(System.getProperty("user.home"), ".hydra") : Path.of(configured);
        return home.toAbsolutePath().normalize();
    }

    private static URL[] bootUrls(Path app, Path war) throws IOException {
        List<URL> urls = new ArrayList<>();
        urls.add(war.toUri().toURL());
        urls.addAll(jars(app.resolve("WEB-INF/boot")));
        return urls.toArray(URL[]::new);
    }

    private static URL[] urls(Path app, String classes, String lib) throws IOException {
        List<URL> urls = new ArrayList<>();
        urls.add(app.resolve(classes).toUri().toURL());
        urls.addAll(jars(app.resolve(lib)));
        return urls.toArray(URL[]::new);
    }

    private static List<URL> jars(Path directory) throws IOException {
        List<URL> urls = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
                urls.add(jar.toUri().toURL());
            }
        }
        return urls;
    }
}
