package dev.hydra.audit;

import dev.hydra.store.PostgresServer;
import dev.hydra.store.TestServer;
import java.nio.file.Path;

class AuditOnPostgresIT extends AuditOnServerContract {
    @Override
    TestServer server(Path data) {
        return new PostgresServer(data);
    }
}
