package dev.hydra.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientPathsTest {
    @ParameterizedTest
    @CsvSource({
        "v1/chat/completions, v1/chat/completions",
        "openai/v1/chat/completions, v1/chat/completions",
        "hf/v1/models, v1/models",
        "v1beta/openai/chat/completions, v1/chat/completions",
        "v1beta/openai/models/gemini-2.5-flash, v1/models/gemini-2.5-flash",
        "v1/v1/chat/completions, v1/chat/completions",
        "v1/v1/v1/messages, v1/messages",
        "hf/v1/v1/embeddings, v1/embeddings",
        "v1/models, v1/models",
        "v1/models/gemini-2.5-flash, v1/models/gemini-2.5-flash",
        "v1/files, v1/files",
        "v1/models/gemini-2.5-flash:generateContent, native/v1/models/gemini-2.5-flash:generateContent",
        "v1/models/gemini-2.5-flash%3AgenerateContent, native/v1/models/gemini-2.5-flash%3AgenerateContent",
        "v1/cachedContents, native/v1/cachedContents",
        "v1beta/models, native/v1beta/models",
        "v1beta/models/x:countTokens, native/v1beta/models/x:countTokens",
        "gemini/v1beta/models/x:countTokens, native/v1beta/models/x:countTokens",
        "v1beta/v1beta/models/x:countTokens, native/v1beta/models/x:countTokens",
        "v1/v1beta/models/x:countTokens, native/v1beta/models/x:countTokens",
        "upload/v1beta/files, native/upload/v1beta/files",
        "gemini/upload/v1beta/files, native/upload/v1beta/files",
        "v1beta/upload/v1beta/files, native/upload/v1beta/files",
        "admin/api/keys, admin/api/keys",
        "health, health",
        "openai/v1, openai/v1",
        "v1, v1"})
    void pathsMeanWhatTheirClientsMean(String asked, String meant) {
        assertThat(ClientPaths.rewritten(asked, false)).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({
        "v1/models, native/v1/models",
        "v1/models/gemini-2.5-flash, native/v1/models/gemini-2.5-flash",
        "v1/files/abc, native/v1/files/abc",
        "v1/batches, native/v1/batches",
        "v1/chat/completions, v1/chat/completions",
        "v1beta/openai/models, v1/models"})
    void whereTwoApisShareAPathTheClientsHeadersDecide(String asked, String meant) {
        assertThat(ClientPaths.rewritten(asked, true)).isEqualTo(meant);
    }

    @Test
    void theQueryAndWhatIsEncodedStayAsTheyCame() throws Exception {
        ClientPaths paths = new ClientPaths("/hydra");

        URI address = paths.address(request("/hydra/openai/v1/models/models%2Fgemini-2.5-flash", "a=%20b&c=d+e"));

        assertThat(address).hasToString(paths.base() + "v1/models/models%2Fgemini-2.5-flash?a=%20b&c=d+e");
    }

    @Test
    void aKeyInTheQueryIsGoogles() throws Exception {
        ClientPaths paths = new ClientPaths("");

        assertThat(paths.address(request("/v1/models", "pageSize=2&key=x")))
                .hasToString(paths.base() + "native/v1/models?pageSize=2&key=x");
        assertThat(paths.address(request("/v1/models", null))).hasToString(paths.base() + "v1/models");
    }

    @Test
    void whatBelongsIntoNoAddressIsRefused() {
        assertThatThrownBy(() -> new ClientPaths("").address(request("/v1/models", "a={b}"))).isInstanceOf(URISyntaxException.class);
    }

    private static HttpServletRequest request(String uri, String query) {
        return (HttpServletRequest) Proxy.newProxyInstance(ClientPathsTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getRequestURI" -> uri;
                    case "getQueryString" -> query;
                    default -> null;
                });
    }
}
