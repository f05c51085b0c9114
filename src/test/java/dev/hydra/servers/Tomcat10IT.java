package dev.hydra.servers;

import java.nio.file.Path;

/** Tomcat 10.1 as it is published. */
class Tomcat10IT extends InstalledServerChecks {
    @Override
    AppServer.Installed server(Path directory) {
        return new StockTomcat(Installations.only("tomcat10"), directory);
    }
}
