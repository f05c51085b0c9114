package dev.hydra.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AreaTest {
    @ParameterizedTest
    @CsvSource({"/, PUBLIC", "'', PUBLIC", "/health, PUBLIC", "/health/ready, PUBLIC", "/api/health, PUBLIC", "/favicon.ico, PUBLIC",
        "/healthy, API",
        "/v1/models, API", "/metrics, API", "/api/keys, API", "/administration, API", "/dashboards, API", "/Admin, API", "/admin, ADMIN",
        "/admin/, ADMIN",
        "/admin/api/tokens, ADMIN", "/dashboard, DASHBOARD", "/dashboard/x/y.css, DASHBOARD",
        "/v1/images/kept/djE6, PUBLIC", "/v1/images/keptx, API", "/v1/images/generations, API", "/openai/v1/images/kept/x, API"})
    void everyPathHasOneArea(String path, Area area) {
        assertThat(Area.of(FakeRequest.to(path).made())).contains(area);
    }

    /** The first is what the container dispatches on, the second what the client wrote and JAX-RS matches. */
    @ParameterizedTest
    @CsvSource({"/v1beta/models/models%2Fgemini-2.5-flash:generateContent, /v1beta/models/models%2Fgemini-2.5-flash:generateContent, API",
        "/v1/models/models/gemini, /v1/models/models%2Fgemini, API", "/v1/chat/completions, //v1//chat/completions, API",
        "/admin/api, /%61dmin/api, ADMIN",
        "/admin/api, //admin//api, ADMIN", "/v1/models/a..b, /v1/models/a..b, API", "/v1/models/.hidden, /v1/models/.hidden, API"})
    void encodedPathsAreFine(String dispatched, String raw, Area area) {
        assertThat(Area.of(FakeRequest.to(dispatched).raw(raw).made())).contains(area);
    }

    @ParameterizedTest
    @CsvSource({"/health, /admin/api/tokens/..;/..;/..;/health", "/health, /admin/api/tokens/../../../health",
        "/health, /admin/%2e%2e/health", "/health, /admin/%2E./health",
        "/admin/api, /v1/..;x=y/admin/api", "/admin/api, /admin;x/api", "/health, /health;/../admin",
        "/v1/images/kept/x, /v1/images/kept/../../chat/completions",
        "/v1/images/kept/x, /v1/chat/completions",
        "/health, /admin/api%2f..%2f..%2fhealth",
        "/v1/x, /v1/x%5c..%5cadmin", "/v1/x, '/v1/x\\..\\admin'", "/v1/x, /v1/x%00", "/v1/x, /v1/%zz", "/health, /admin/api/tokens",
        "/v1, /admin", "/admin, /health",
        "/v1/./x, /v1/./x"})
    void whatContainerAndJaxRsMayReadDifferentlyIsNoPath(String dispatched, String raw) {
        assertThat(Area.of(FakeRequest.to(dispatched).raw(raw).made())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.", ".1.2.3", "a.b.c.d", "1.2.3.4 ", "dead.beef", "::g",
        ":::", "1::2::3", "::1%lo", "+1.2.3.4",
        "[::1]", "", "2130706433", "١.2.3.4"})
    void onlyFullAddressesAreRead(String text) {
        assertThat(IpLiteral.parse(text)).isEmpty();
    }
}
