package dev.hydra.servers;

import java.nio.file.Path;
import org.jboss.arquillian.container.test.api.ContainerController;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;

/** An embedded Tomcat, driven by Arquillian: the quick one, in every build. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class EmbeddedTomcatIT extends ServerChecks {
    @ArquillianResource
    private ContainerController controller;
    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = ArquillianServer.DEPLOYMENT, managed = false, testable = false)
    @TargetsContainer(ArquillianServer.CONTAINER)
    static WebArchive gateway() {
        return ArquillianDeployment.unchanged();
    }

    @Override
    AppServer server(Path directory) {
        return new EmbeddedTomcatServer(new ArquillianServer.Containers(controller, deployer), directory);
    }
}
