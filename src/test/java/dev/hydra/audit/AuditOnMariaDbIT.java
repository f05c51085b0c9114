package dev.hydra.audit;

import dev.hydra.store.MariaDbServer;
import dev.hydra.store.TestServer;
import java.nio.file.Path;

class AuditOnMariaDbIT extends AuditOnServerContract {
    @Override
    TestServer server(Path data) {
        return new MariaDbServer(data);
    }
}
