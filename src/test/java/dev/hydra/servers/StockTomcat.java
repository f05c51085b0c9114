package dev.hydra.servers;

import dev.hydra.support.Http;
import dev.hydra.support.RunningHydra;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Tomcat from its published distribution, started by its own script. Its {@code server.xml} is the stock one but for the two port numbers; applications come
 * and go through its manager application, for which {@code tomcat-users.xml} has a user.
 */
final class StockTomcat implements AppServer.Installed {
    private static final String USER = "<tomcat-users><user username='test' password='test' roles='manager-script'/></tomcat-users>";
    private static final String SIGN_IN = "Basic " + Base64.getEncoder().encodeToString("test:test".getBytes(StandardCharsets.US_ASCII));

    private final Path home;
    private final Path base;
    private final int port = Ports.free();
    private Process process;

    /** @param home the unpacked distribution. @param base where this instance keeps its files; must not exist */
    StockTomcat(Path home, Path base) {
        this.home = home;
        this.base = base;
    }

    @Override
    public void start(Map<String, String> settings) throws Exception {
        layOut();
        Files.copy(war(), base.resolve("webapps/gateway.war"), StandardCopyOption.REPLACE_EXISTING);
        run(settings);
        Health.await(address());
    }

    @Override
    public void startWithDataSource(EmbeddedPostgres database, Map<String, String> settings) throws Exception {
        layOut();
        Files.copy(Jars.postgresDriver(), base.resolve("lib/postgresql.jar"), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(base.resolve("conf/Catalina/localhost/gateway.xml"), """
                <Context docBase="%s">
                  <Resource name="jdbc/hydra" type="javax.sql.DataSource" auth="Container" maxTotal="10" maxWaitMillis="5000"
                            driverClassName="org.postgresql.Driver" url="%s" username="postgres" password="postgres"/>
                  <Environment name="hydra/HYDRA_DB_JNDI" type="java.lang.String" value="java:comp/env/jdbc/hydra"/>
                </Context>
                """.formatted(war(), database.getJdbcUrl("postgres", "postgres").replace("&", "&amp;")));
        run(settings);
        Health.await(address());
    }

    /** An instance of its own beside the distribution, as Tomcat's RUNNING.txt describes it. */
    private void layOut() throws IOException {
        for (String directory : new String[] {"conf/Catalina/localhost", "lib", "logs", "temp", "webapps", "work"}) {
            Files.createDirectories(base.resolve(directory));
        }
        copy(home.resolve("conf"), base.resolve("conf"));
        copy(home.resolve("webapps/manager"), base.resolve("webapps/manager"));
        Path server = base.resolve("conf/server.xml");
        Files.writeString(server,
                Files.readString(server).replace("port=\"8005\"", "port=\"" + Ports.free() + "\"").replace("port=\"8080\"",
                        "port=\"" + port + "\""));
        Files.writeString(base.resolve("conf/tomcat-users.xml"), USER);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private void run(Map<String, String> settings) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", home.resolve("bin/catalina.sh").toString(), "run");
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
        RunningHydra.clean(builder.environment());
        builder.environment().putAll(Map.of("CATALINA_BASE", base.toString(), "CATALINA_HOME", home.toString(), "JAVA_HOME",
                System.getProperty("java.home")));
        builder.environment().putAll(settings);
        process = builder.start();
        Health.awaitPort(address(), process);
    }

    private Path logFile() {
        return base.resolve("logs/console.txt");
    }

    private static Path war() {
        return Path.of(System.getProperty("hydra.war")).toAbsolutePath();
    }

    @Override
    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void undeploy() {
        manage("/manager/text/undeploy?path=" + PATH);
    }

    @Override
    public void deploy() {
        manage("/manager/text/deploy?path=" + PATH + "&war=" + war().toUri());
        Health.await(address());
    }

    private void manage(String command) {
        HttpResponse<String> answer = Http.get(address().resolve(command), "Authorization", SIGN_IN);
        if (answer.statusCode() != 200 || !answer.body().startsWith("OK")) {
            throw new IllegalStateException(command + ": " + answer.statusCode() + ' ' + answer.body());
        }
    }

    @Override
    public void stop() throws Exception {
        process.destroy();
        if (!process.waitFor(90, TimeUnit.SECONDS)) {
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
    public long process() {
        return process.pid();
    }

    @Override
    public String toString() {
        return home.getFileName().toString();
    }
}
