package dev.hydra.servers;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** A Tomcat inside the JVM of the tests. Hydra reads its settings from that JVM's system properties. */
final class EmbeddedTomcatServer extends ArquillianServer {
    private final int port = Ports.free();
    private final Lines lines = new Lines();
    private Map<String, String> properties = Map.of();

    EmbeddedTomcatServer(Containers containers, Path directory) {
        super(containers, directory);
    }

    @Override
    Map<String, String> configuration(Map<String, String> settings) {
        properties = Map.copyOf(settings);
        properties.forEach(System::setProperty);
        Logger.getLogger("").addHandler(lines);
        return Map.of("bindHttpPort", Integer.toString(port), "bindAddress", "127.0.0.1", "tomcatHome", directory().toString(),
                "unpackArchive", "true");
    }

    @Override
    public URI address() {
        return loopback(port);
    }

    @Override
    public void stop() throws Exception {
        super.stop();
        properties.keySet().forEach(System::clearProperty);
        Logger.getLogger("").removeHandler(lines);
    }

    @Override
    public String log() {
        return String.join("\n", lines.kept);
    }

    private static final class Lines extends Handler {
        private final Queue<String> kept = new ConcurrentLinkedQueue<>();

        @Override
        public void publish(LogRecord entry) {
            kept.add(entry.getLevel() + " " + entry.getMessage());
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
