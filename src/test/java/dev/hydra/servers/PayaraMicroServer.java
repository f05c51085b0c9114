package dev.hydra.servers;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Payara Micro. It has no way to take an application away from outside: Arquillian's undeployment ends its process, and a deployment starts it. */
final class PayaraMicroServer extends ArquillianServer implements AppServer.Installed {
    private static final int STOP_SECONDS = 90;
    private static final String JAR = "payara-micro.jar";
    private static final String LOG = "server.log";

    private final int port = Ports.free();
    private String more = "";

    PayaraMicroServer(Containers containers, Path directory) {
        super(containers, directory);
    }

    @Override
    Map<String, String> configuration(Map<String, String> settings) throws IOException {
        Files.createDirectories(directory());
        String jvm = settings.entrySet().stream().map(setting -> "-D" + setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(" ", Jvm.SHORT_LIVED + " ", ""));
        Map<String, String> configuration = new HashMap<>();
        configuration.put("microJar", Installations.at(JAR).toString());
        configuration.put("randomHttpPort", "false");
        configuration.put("autoBindHttp", "false");
        configuration.put("clusterEnabled", "false");
        configuration.put("startupTimeoutInSeconds", "180");
        configuration.put("cmdOptions", jvm);
        configuration.put("extraMicroOptions",
                "--port " + port + " --rootDir " + root() + " --logtofile " + directory().resolve(LOG) + more);
        return configuration;
    }

    @Override
    public void startWithDataSource(EmbeddedPostgres database, Map<String, String> settings) throws Exception {
        Files.createDirectories(directory());
        Path commands = Files.writeString(directory().resolve("data-source.txt"), """
                create-jdbc-connection-pool --datasourceclassname org.postgresql.ds.PGSimpleDataSource --restype javax.sql.DataSource \
                --nontransactionalconnections=true --property user=postgres:password=postgres:serverName=127.0.0.1:portNumber=%d:databaseName=postgres hydra
                create-jdbc-resource --connectionpoolid hydra jdbc/hydra
                """.formatted(database.getPort()));
        more = " --addLibs " + Jars.postgresDriver() + " --prebootcommandfile " + commands;
        settings.put("HYDRA_DB_JNDI", "jdbc/hydra");
        start(settings);
    }

    /** Arquillian's adapter sends a SIGTERM and waits for nothing. */
    @Override
    public void undeploy() {
        Optional<ProcessHandle> server = Processes.childWith(JAR);
        super.undeploy();
        server.ifPresent(process -> process.onExit().orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join());
    }

    /** In an empty root directory: from a used one the server would start the application of its last run, and then once more. */
    @Override
    public void deploy() {
        if (Files.exists(root())) {
            try (Stream<Path> files = Files.walk(root())) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        super.deploy();
    }

    /** Arquillian's adapter does nothing at a stop, so this is an operator's SIGTERM. */
    @Override
    public void stop() throws Exception {
        finish();
        super.stop();
    }

    @Override
    public void finish() throws Exception {
        Optional<ProcessHandle> server = Processes.childWith(JAR);
        if (server.isPresent()) {
            server.get().destroy();
            server.get().onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        }
    }

    private Path root() {
        return directory().resolve("root");
    }

    @Override
    public URI address() {
        return loopback(port);
    }

    /** The server adds a number to the name. */
    @Override
    public String log() throws IOException {
        return Files.readString(directory().resolve(LOG + ".0"));
    }

    @Override
    public OptionalLong process() {
        return Processes.idOf(Processes.childWith(JAR));
    }
}
