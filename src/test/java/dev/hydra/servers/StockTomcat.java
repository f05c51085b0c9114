package dev.hydra.servers;

import dev.hydra.support.Http;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.Map;

/**
 * A Tomcat whose {@code server.xml} is the stock one but for the two port numbers; applications come and go through its manager application, for which
 * {@code tomcat-users.xml} has a user.
 */
final class StockTomcat extends InstalledTomcat {
    private static final String USER = "<tomcat-users><user username='test' password='test' roles='manager-script'/></tomcat-users>";
    private static final String SIGN_IN = "Basic " + Base64.getEncoder().encodeToString("test:test".getBytes(StandardCharsets.US_ASCII));

    /** @param home the unpacked distribution. @param base where this instance keeps its files; need not exist */
    StockTomcat(Path home, Path base) {
        super(home, base);
    }

    @Override
    void configure() throws IOException {
        copy(home().resolve("webapps/manager"), base().resolve("webapps/manager"));
        Path server = base().resolve("conf/server.xml");
        Files.writeString(server, Files.readString(server).replace("port=\"8005\"", "port=\"" + Ports.free() + "\"")
                .replace("port=\"8080\"", "port=\"" + port() + "\""));
        Files.writeString(base().resolve("conf/tomcat-users.xml"), USER);
    }

    @Override
    public void startWithDataSource(EmbeddedPostgres database, Map<String, String> settings) throws Exception {
        layOut();
        Files.copy(Jars.postgresDriver(), base().resolve("lib/postgresql.jar"), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(base().resolve("conf/Catalina/localhost/gateway.xml"), """
                <Context docBase="%s">
                  <Resource name="jdbc/hydra" type="javax.sql.DataSource" auth="Container" maxTotal="10" maxWaitMillis="5000"
                            driverClassName="org.postgresql.Driver" url="%s" username="postgres" password="postgres"/>
                  <Environment name="hydra/HYDRA_DB_JNDI" type="java.lang.String" value="java:comp/env/jdbc/hydra"/>
                </Context>
                """.formatted(war(), database.getJdbcUrl("postgres", "postgres").replace("&", "&amp;")));
        run(settings);
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
}
