package dev.hydra.servers;

import java.nio.file.Path;

/** Tomcat 11 as it is published. */
class Tomcat11IT extends InstalledServerChecks {
    @Override
    AppServer.Installed server(Path directory) {
        return new StockTomcat(Installations.only("tomcat11"), directory);
    }
}
