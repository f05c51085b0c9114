package dev.hydra.servers;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A Payara Micro. It has no way to take an application away from outside: Arquillian's undeployment ends its process, and a deployment starts it. */
final class PayaraMicroServer extends ArquillianServer implements AppServer.Installed {
    private static final int STOP_SECONDS = 90;

    private final int port = Ports.free();
    private String more = "";

    PayaraMicroServer(Containers containers, Path directory) {
        super(containers, directory);
    }

    @Override
    Map<String, String> configuration(Map<String, String> settings) throws IOException {
        Files.createDirectories(directory());
        String jvm = settings.entrySet().stream().map(setting -> "-D" + setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(" ", "-Xmx512m ", ""));
        Map<String, String> configuration = new HashMap<>();
        configuration.put("microJar", Installations.at("payara-micro.jar").toString());
        configuration.put("randomHttpPort", "false");
        configuration.put("autoBindHttp", "false");
        configuration.put("clusterEnabled", "false");
        configuration.put("startupTimeoutInSeconds", "180");
        configuration.put("cmdOptions", jvm);
        configuration.put("extraMicroOptions",
                "--port " + port + " --rootDir " + directory().resolve("root") + " --logtofile " + logFile() + more);
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

    /** Arquillian's adapter does nothing at a stop, so this is an operator's SIGTERM. */
    @Override
    public void stop() throws Exception {
        finish();
        super.stop();
    }

    @Override
    public void finish() throws Exception {
        ProcessHandle server = ProcessHandle.of(process()).orElseThrow();
        server.destroy();
        server.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
    }

    private Path logFile() {
        return directory().resolve("server.log");
    }

    @Override
    public URI address() {
        return loopback(port);
    }

    @Override
    public String log() throws IOException {
        return Files.readString(logFile());
    }

    @Override
    public long process() {
        return Processes.childWith("payara-micro.jar");
    }
}
