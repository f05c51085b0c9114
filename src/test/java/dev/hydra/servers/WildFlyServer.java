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

/** A WildFly whose files are a copy of the distribution's {@code standalone} folder. */
final class WildFlyServer extends ArquillianServer implements AppServer.Installed {
    private final Path home = Installations.only("wildfly");
    private int http;
    private int management;

    WildFlyServer(Containers containers, Path directory) {
        super(containers, directory);
    }

    @Override
    Map<String, String> configuration(Map<String, String> settings) throws IOException {
        Files.createDirectories(directory());
        // Each by itself and not by an offset: where one of them is taken, WildFly starts all the same and then rolls every deployment back without a cause.
        http = Ports.free();
        management = Ports.free();
        String arguments = settings.entrySet().stream().map(setting -> "-D" + setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(" ",
                        Jvm.SHORT_LIVED + " -Djboss.http.port=" + http + " -Djboss.https.port=" + Ports.free()
                                + " -Djboss.management.http.port="
                                + management + " ",
                        ""));
        return Map.of("javaVmArguments", arguments, "javaHome", System.getProperty("java.home"), "managementPort",
                Integer.toString(management), "managementAddress", "127.0.0.1", "setupCleanServerBaseDir", "true",
                "cleanServerBaseDir", directory().toString(), "startupTimeoutInSeconds", "180", "stopTimeoutInSeconds", "90");
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
                "--controller=127.0.0.1:" + management, "--commands=" + String.join(",", commands));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process cli = builder.redirectErrorStream(true).start();
        String said = new String(cli.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (cli.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
    }

    @Override
    public URI address() {
        return loopback(http);
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
