package dev.hydra.boot;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code Main-Class} of the WAR: unpacks the WAR once, then hands the arguments to {@link Executable} in a class loader with all jars. */
public final class Launcher {
    private static final int CANNOT_START = 70;

    private Launcher() {
    }

    /**
     * Runs one command and ends the JVM with its exit code; 70 when the WAR cannot be unpacked or loaded.
     *
     * @param args the command line, passed on unchanged
     */
    public static void main(String[] args) {
        try {
            Unpacked app = Unpacked.of(Unpacked.source(), home().resolve("app"));
            start(app, args);
        } catch (IOException | ReflectiveOperationException e) {
            System.err.println("hydra: cannot start: " + e);
            System.exit(CANNOT_START);
        }
    }

    private static void start(Unpacked app, String[] args) throws IOException, ReflectiveOperationException {
        List<URL> jars = new ArrayList<>();
        for (Path jar : app.jars()) {
            jars.add(jar.toUri().toURL());
        }
        // Never closed: it lives as long as the JVM.
        @SuppressWarnings("resource")
        ClassLoader loader = new URLClassLoader("hydra", jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
        try {
            loader.loadClass(Executable.class.getName()).getMethod("run", Path.class, String[].class).invoke(null, app.web(), args);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** {@code HYDRA_HOME} as system property or environment variable, else {@code ~/.hydra}. */
    private static Path home() {
        String configured = System.getProperty("HYDRA_HOME", System.getenv("HYDRA_HOME"));
        Path home = configured == null || configured.isBlank() ? Path.of(System.getProperty("user.home"), ".hydra") : Path.of(configured);
        return home.toAbsolutePath().normalize();
    }
}
