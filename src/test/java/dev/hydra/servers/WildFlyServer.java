package dev.hydra.servers;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;

/** A WildFly whose files are a copy of the distribution's {@code standalone} folder. */
final class WildFlyServer extends ArquillianServer implements AppServer.Installed {
    private static final int HTTP = 8080;
    private static final int MANAGEMENT = 9990;

    /** All that WildFly said once of a deployment that it had ended itself, without a word of what was wrong. */
    private static final String ROLLED_BACK = "WFLYCTL0063: Composite operation was rolled back";

    private final Path home = Installations.only("wildfly");
    /** All of the server's ports are its usual ones and this. */
    private final int offset = Ports.free() - MANAGEMENT;

    WildFlyServer(Containers containers, Path directory) {
        super(containers, directory);
    }

    @Override
    Map<String, String> configuration(Map<String, String> settings) throws IOException {
        Files.createDirectories(directory());
        String arguments = settings.entrySet().stream().map(setting -> "-D" + setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(" ",
                        Jvm.SHORT_LIVED + " -Djboss.socket.binding.port-offset=" + offset + " ", ""));
        return Map.of("javaVmArguments", arguments, "javaHome", System.getProperty("java.home"), "managementPort",
                Integer.toString(MANAGEMENT + offset), "managementAddress", "127.0.0.1", "setupCleanServerBaseDir", "true",
                "cleanServerBaseDir", directory().toString(), "startupTimeoutInSeconds", "180", "stopTimeoutInSeconds", "90");
    }

    /** A rollback without a cause says nothing of the application: it is shown, with the server's log, and a new server gets the application once more. */
    @Override
    public void start(Map<String, String> settings) throws Exception {
        try {
            super.start(settings);
        } catch (DeploymentException e) {
            if (e.getMessage() == null || !e.getMessage().endsWith(ROLLED_BACK)) {
                throw e;
            }
            System.err.println("STARTED ONCE MORE, because of: " + e.getMessage() + "; the server's log:\n" + log());
            stopIfRunning();
            super.start(settings);
        }
    }

    /** The adapter complains of a server that has ended by itself. */
    private void stopIfRunning() {
        try {
            stop();
        } catch (Exception e) {
            System.err.println("not stopped: " + e);
        }
    }

    @Override
    public void startWithDataSource(EmbeddedPostgres database, Map<String, String> settings) throws Exception {
        settings.put("HYDRA_DB_JNDI", "java:/jdbc/hydra");
        startServer(settings);
        Path driver = Files.copy(Jars.postgresDriver(), directory().resolve("postgresql.jar"));
        Path reference = Files.writeString(directory().resolve("jboss-web.xml"), """
                <jboss-web>
                  <resource-ref>
                    <res-ref-name>jdbc/hydra</res-ref-name>
                    <res-type>javax.sql.DataSource</res-type>
                    <jndi-name>java:/jdbc/hydra</jndi-name>
                  </resource-ref>
                </jboss-web>
                """);
        cli("deploy " + driver, "data-source add --name=hydra --jndi-name=java:/jdbc/hydra --jta=false --driver-name=postgresql.jar"
                + " --user-name=postgres --password=postgres --connection-url=" + database.getJdbcUrl("postgres", "postgres"),
                "deployment-overlay add --name=hydra --deployments=gateway.war --content=/WEB-INF/jboss-web.xml=" + reference);
        deploy();
    }

    private void cli(String... commands) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", home.resolve("bin/jboss-cli.sh").toString(), "--connect",
                "--controller=127.0.0.1:" + (MANAGEMENT + offset), "--commands=" + String.join(",", commands));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process cli = builder.redirectErrorStream(true).start();
        String said = new String(cli.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (cli.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
    }

    @Override
    public URI address() {
        return loopback(HTTP + offset);
    }

    @Override
    public String log() throws IOException {
        return Files.readString(directory().resolve("log/server.log"));
    }

    @Override
    public OptionalLong process() {
        return Processes.idOf(Processes.childWith("jboss-modules.jar"));
    }

    /** An idle thread of its worker ("default task-…") has its last request in its frame until the next one, and with it the deployment. */
    @Override
    public boolean letsGoOfClasses() {
        return false;
    }
}
