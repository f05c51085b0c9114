package dev.hydra.store;

import java.util.Map;

/** The store on the H2 file that it uses by itself. */
class H2ContractTest extends DatabaseContract {
    @Override
    Map<String, String> emptyDatabase() {
        return Map.of();
    }
}
