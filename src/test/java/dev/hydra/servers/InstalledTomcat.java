package dev.hydra.servers;

import dev.hydra.support.RunningHydra;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Tomcat from its published distribution, started by its own script; its files are beside the distribution, as Tomcat's RUNNING.txt describes it. */
abstract class InstalledTomcat implements AppServer.Installed {
    private static final int STOP_SECONDS = 90;

    private final Path home;
    private final Path base;
    private final int port = Ports.free();
    private Process process;

    /** @param home the unpacked distribution. @param base where this instance keeps its files; need not exist */
    InstalledTomcat(Path home, Path base) {
        this.home = home;
        this.base = base;
    }

    /** Changes the distribution's configuration, which is in {@code conf} of {@link #base} already. */
    abstract void configure() throws IOException;

    @Override
    public void start(Map<String, String> settings) throws Exception {
        layOut();
        Files.copy(war(), base.resolve("webapps/gateway.war"), StandardCopyOption.REPLACE_EXISTING);
        run(settings);
    }

    /** Makes the files of this instance, without the application. */
    final void layOut() throws IOException {
        for (String directory : new String[] {"conf/Catalina/localhost", "lib", "logs", "temp", "webapps", "work"}) {
            Files.createDirectories(base.resolve(directory));
        }
        copy(home.resolve("conf"), base.resolve("conf"));
        configure();
    }

    /** Copies all files of a directory. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Starts it; returns when the application answers. */
    final void run(Map<String, String> settings) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", home.resolve("bin/catalina.sh").toString(), "run");
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
        RunningHydra.clean(builder.environment());
        builder.environment().putAll(Map.of("CATALINA_BASE", base.toString(), "CATALINA_HOME", home.toString(), "JAVA_HOME",
                System.getProperty("java.home"), "CATALINA_OPTS", options()));
        builder.environment().putAll(settings);
        process = builder.start();
        Health.awaitPort(address(), process);
        Health.await(address());
    }

    /** For its JVM. */
    String options() {
        return Jvm.SHORT_LIVED + " " + Jvm.NO_SOFT_REFERENCES;
    }

    private Path logFile() {
        return base.resolve("logs/console.txt");
    }

    static Path war() {
        return Path.of(System.getProperty("hydra.war")).toAbsolutePath();
    }

    final Path home() {
        return home;
    }

    final Path base() {
        return base;
    }

    final int port() {
        return port;
    }

    @Override
    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void stop() throws Exception {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("Tomcat did not stop:\n" + log());
        }
    }

    @Override
    public void finish() throws Exception {
        stop();
    }

    /** The console has what {@code catalina.log} has. */
    @Override
    public String log() throws IOException {
        return Files.readString(logFile());
    }

    @Override
    public OptionalLong process() {
        return process.isAlive() ? OptionalLong.of(process.pid()) : OptionalLong.empty();
    }

    @Override
    public String toString() {
        return home.getFileName().toString();
    }
}
