package dev.hydra.servers;

import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The WAR for Arquillian. */
final class ArquillianDeployment {
    private ArquillianDeployment() {
    }

    /** The built WAR, unchanged; the checks run outside of the server, so nothing is added. */
    static WebArchive unchanged() {
        return ShrinkWrap.create(ZipImporter.class, "gateway.war").importFrom(Path.of(System.getProperty("hydra.war")).toFile())
                .as(WebArchive.class);
    }
}
