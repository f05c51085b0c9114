package dev.hydra.store;

import java.nio.file.Path;
import java.util.Map;

/** The store on the H2 file that it uses by itself. */
class H2ContractTest extends DatabaseContract {
    @Override
    Map<String, String> start(Path directory) {
        return Map.of();
    }

    @Override
    void stop() {
        // Closed with the database.
    }
}
