package dev.hydra.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.catalina.connector.Connector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** {@code tomcat-conf/server.xml} says what the executable's connector says, and keeps design §10.2 and §10.14. */
class TomcatConfTest {
    @ParameterizedTest
    @ValueSource(strings = {"useVirtualThreads", "processorCache", "tcpNoDelay", "acceptCount", "maxConnections", "connectionTimeout",
        "keepAliveTimeout",
        "maxHttpRequestHeaderSize", "maxHttpResponseHeaderSize"})
    void theConnectorIsTheExecutables(String property) throws Exception {
        Connector executable = HttpConnector.of(Map.of());
        Element connector = (Element) server().getElementsByTagName("Connector").item(0);

        assertThat(connector.getAttribute(property)).isEqualTo(String.valueOf(executable.getProperty(property)));
        assertThat(connector.getAttribute("encodedSolidusHandling")).isEqualTo(executable.getEncodedSolidusHandling());
    }

    @Test
    void noValveChangesTheAddressAndNoLogHasTheQuery() throws Exception {
        NodeList valves = server().getElementsByTagName("Valve");
        for (int i = 0; i < valves.getLength(); i++) {
            Element valve = (Element) valves.item(i);
            assertThat(valve.getAttribute("className")).isIn("org.apache.catalina.valves.ErrorReportValve",
                    "org.apache.catalina.valves.AccessLogValve");
            for (String leak : List.of("%r", "%q", "Referer", "common", "combined")) {
                assertThat(valve.getAttribute("pattern")).doesNotContain(leak);
            }
        }
        assertThat(valves.getLength()).isEqualTo(2);
    }

    private static Document server() throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Path.of("tomcat-conf/server.xml").toFile());
    }
}
