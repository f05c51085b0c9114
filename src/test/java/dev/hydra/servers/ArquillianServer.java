package dev.hydra.servers;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.arquillian.container.test.api.ContainerController;
import org.jboss.arquillian.container.test.api.Deployer;

/** A server that Arquillian starts, and on which it deploys. */
abstract class ArquillianServer implements AppServer {
    /** Name of the container in {@code arquillian.xml}. */
    static final String CONTAINER = "server";
    /** Name of the deployment. */
    static final String DEPLOYMENT = "gateway";

    private final ContainerController containers;
    private final Deployer deployer;
    private final Path directory;

    ArquillianServer(Containers containers, Path directory) {
        this.containers = containers.controller();
        this.deployer = containers.deployer();
        this.directory = directory;
    }

    /** Arquillian's handles, which it injects into a test. */
    record Containers(ContainerController controller, Deployer deployer) {
    }

    /** The adapter's configuration for this run. @param settings of Hydra */
    abstract Map<String, String> configuration(Map<String, String> settings) throws Exception;

    /** Where this server may keep files; need not exist. */
    Path directory() {
        return directory;
    }

    @Override
    public void start(Map<String, String> settings) throws Exception {
        startServer(settings);
        deploy();
    }

    /** Starts it without the application. */
    final void startServer(Map<String, String> settings) throws Exception {
        containers.start(CONTAINER, configuration(settings));
    }

    @Override
    public void undeploy() {
        deployer.undeploy(DEPLOYMENT);
    }

    @Override
    public void deploy() {
        deployer.deploy(DEPLOYMENT);
        Health.await(address());
    }

    @Override
    public void stop() throws Exception {
        containers.stop(CONTAINER);
    }

    /** Arquillian stops its containers itself; outside of a test its handles do not work. */
    @Override
    public void finish() throws Exception {
        // Nothing else is held.
    }

    static URI loopback(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
