package dev.hydra.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.hydra.secret.Secret;
import dev.hydra.settings.TestSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyCheckTest {
    @TempDir
    private Path home;

    /** What a check says of a provider whose pages come from a function of the query; empty for the first. */
    private CheckResult check(UnaryOperator<String> pages) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String query = exchange.getRequestURI().getQuery();
            byte[] page = pages.apply(query == null ? "" : query).replace('\'', '"').getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        try (KeyCheck check = new KeyCheck(
                TestSettings.in(home, Map.of("HYDRA_GEMINI_URL", "http://127.0.0.1:" + server.getAddress().getPort())))) {
            return check.check(Secret.of("key"));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void allPagesAreRead() throws IOException {
        CheckResult result = check(query -> query.contains("pageToken=two") ? "{'models':[{'name':'models/b'}]}"
                : "{'models':[{'name':'models/a'}],'nextPageToken':'two'}");

        assertThat(result).isInstanceOfSatisfying(CheckResult.Valid.class,
                valid -> assertThat(valid.models()).extracting(ModelEntry::id).containsExactly("a", "b"));
    }

    @Test
    void aPageThatNamesItselfAsTheNextIsTheLast() throws IOException {
        CheckResult result = check(query -> "{'models':[{'name':'models/a'},{'name':'models/b'}],'nextPageToken':'same'}");

        assertThat(result).isInstanceOfSatisfying(CheckResult.Valid.class,
                valid -> assertThat(valid.models()).extracting(ModelEntry::id).containsExactly("a", "b"));
    }

    @Test
    void pagesWithoutEndAreGivenUp() throws IOException {
        CheckResult result = check(query -> "{'models':[],'nextPageToken':'" + query.length() + "x" + query.hashCode() + "'}");

        assertThat(result).isInstanceOfSatisfying(CheckResult.Unreachable.class, cut -> assertThat(cut.message()).contains("no end"));
    }
}
