package dev.hydra.servers;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** A Tomcat with the configuration of {@code tomcat-conf/}, which has no manager application: an application ends with the server. */
final class ConfiguredTomcat extends InstalledTomcat {
    private static final Path SHIPPED = Path.of("tomcat-conf");

    private final EmbeddedPostgres database;

    /** @param home the unpacked distribution. @param base for its files. @param database of the data source */
    ConfiguredTomcat(Path home, Path base, EmbeddedPostgres database) {
        super(home, base);
        this.database = database;
    }

    /** What {@code tomcat-conf/} tells an operator to do. */
    @Override
    void configure() throws IOException {
        copy(SHIPPED, base().resolve("conf"));
        Files.copy(Jars.postgresDriver(), base().resolve("lib/postgresql.jar"), StandardCopyOption.REPLACE_EXISTING);
        Path context = base().resolve("conf/context.xml");
        Files.writeString(context, withDataSource(Files.readString(context)));
    }

    private String withDataSource(String context) {
        return edited(edited(edited(edited(context,
                "    <Resource ", "-->\n    <Resource "),
                "override=\"false\"/>\n    -->", "override=\"false\"/>"),
                "jdbc:postgresql://127.0.0.1:5432/hydra", database.getJdbcUrl("postgres", "postgres").replace("&", "&amp;")),
                "username=\"hydra\" password=\"...\"", "username=\"postgres\" password=\"postgres\"");
    }

    private static String edited(String text, String before, String after) {
        if (!text.contains(before)) {
            throw new IllegalStateException(SHIPPED + "/context.xml has no " + before);
        }
        return text.replace(before, after);
    }

    @Override
    String options() {
        return super.options() + " -Dhttp.port=" + port();
    }

    @Override
    public void startWithDataSource(EmbeddedPostgres other, Map<String, String> settings) {
        throw new UnsupportedOperationException("it has one from the start");
    }

    @Override
    public void undeploy() {
        throw new UnsupportedOperationException("it has no manager application");
    }

    @Override
    public void deploy() {
        undeploy();
    }
}
