package dev.hydra.servers;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.util.Map;
import java.util.OptionalLong;

/** A Jakarta EE server on which the WAR, unchanged, is deployed as {@code gateway.war}: under the context path {@code /gateway}. */
interface AppServer {
    /** The context path of the application. */
    String PATH = "/gateway";

    /** Starts the server and deploys the application; returns when that answers. @param settings by their names in the environment */
    void start(Map<String, String> settings) throws Exception;

    /** Address of the server, without a path. */
    URI address();

    /** Takes the application away by the server's own means; returns when the server says that it is gone. */
    void undeploy() throws Exception;

    /** Deploys it again; returns when it answers. */
    void deploy() throws Exception;

    /** Stops the server in an orderly way; returns when it has ended. */
    void stop() throws Exception;

    /** Lets go of the server after the last check. */
    void finish() throws Exception;

    /** All that the server has logged since its start. */
    String log() throws Exception;

    /** A server that is installed: it has a JVM of its own and data sources. */
    interface Installed extends AppServer {
        /** As {@link #start}, with a data source of the server's own on this database. */
        void startWithDataSource(EmbeddedPostgres database, Map<String, String> settings) throws Exception;

        /** Process id of the server's JVM while it runs. */
        OptionalLong process();

        /** Whether the server itself holds nothing of an application that it has taken away. */
        default boolean letsGoOfClasses() {
            return true;
        }
    }
}
