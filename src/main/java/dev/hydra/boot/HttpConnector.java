package dev.hydra.boot;

import java.util.Map;
import org.apache.catalina.connector.Connector;

/** The one listener: HTTP/1.1, a virtual thread for each request. */
final class HttpConnector {
    private static final String PROTOCOL = "org.apache.coyote.http11.Http11NioProtocol";

    private HttpConnector() {
    }

    static String host(Map<String, String> settings) {
        return settings.getOrDefault("HYDRA_HOST", "127.0.0.1");
    }

    static int port(Map<String, String> settings) {
        String port = settings.getOrDefault("HYDRA_PORT", "8000");
        try {
            return Integer.parseInt(port.strip());
        } catch (NumberFormatException e) {
            throw new IllegalStateException("HYDRA_PORT is '" + port + "': allowed is a number from 0 to 65535", e);
        }
    }

    static Connector of(Map<String, String> settings) {
        Connector connector = new Connector(PROTOCOL);
        connector.setPort(port(settings));
        connector.setProperty("address", host(settings));
        connector.setProperty("useVirtualThreads", "true");
        // A processor that is used again after its client left can break the next request (eclipse-ee4j/jersey 3719).
        connector.setProperty("processorCache", "0");
        connector.setProperty("tcpNoDelay", "true");
        connector.setProperty("acceptCount", "1024");
        connector.setProperty("maxConnections", "20000");
        connector.setProperty("connectionTimeout", "20000");
        // Longer than the 60 s for which proxies keep an idle connection: the proxy, not Hydra, ends it, so no request meets a closed one.
        connector.setProperty("keepAliveTimeout", "75000");
        connector.setProperty("maxKeepAliveRequests", "-1");
        connector.setProperty("maxHttpRequestHeaderSize", "16384");
        // Not more: every request under way has a buffer of this size. Our longest header is 2,000 characters.
        connector.setProperty("maxHttpResponseHeaderSize", "8192");
        // Model names such as models%2Fgemini-2.5-flash are one path segment.
        connector.setEncodedSolidusHandling("passthrough");
        return connector;
    }
}
