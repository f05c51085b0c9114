package dev.hydra.store;

import java.nio.file.Path;

/** The store on a real PostgreSQL. */
class PostgresIT extends ServerContract {
    @Override
    TestServer server(Path directory) {
        return new PostgresServer(directory);
    }
}
