package dev.hydra.proxies;

import dev.hydra.support.FakeGemini;
import dev.hydra.support.Http;
import dev.hydra.support.RunningHydra;
import dev.hydra.wire.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * The executable WAR before a simulated Gemini, with one access token.
 *
 * @param admin names and values of the headers that open the admin API from 127.0.0.1
 */
record GuardedGateway(FakeGemini gemini, RunningHydra hydra, String token, String... admin) implements AutoCloseable {
    private static final String PASSWORD = "correct horse battery";

    /** One that trusts a proxy on 127.0.0.1, and asks admins for a password. */
    static GuardedGateway trusting(Path home, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("HYDRA_TRUSTED_PROXIES", "127.0.0.1", "HYDRA_ADMIN_PASSWORD", PASSWORD));
        all.putAll(settings);
        String pair = Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        return start(home, all, "Authorization", "Basic " + pair);
    }

    /** One that trusts nobody, and whose admin API is open to this machine. */
    static GuardedGateway trustingNobody(Path home) {
        return start(home, Map.of());
    }

    private static GuardedGateway start(Path home, Map<String, String> settings, String... admin) {
        FakeGemini gemini = FakeGemini.start();
        Map<String, String> all = new HashMap<>(
                Map.of("HYDRA_GEMINI_URL", gemini.url().toString(), "GEMINI_API_KEYS", "k1,k2", "HYDRA_POOL_LIMITS", "off"));
        all.putAll(settings);
        RunningHydra hydra = RunningHydra.start(home, all);
        String[] headers = new String[admin.length + 2];
        System.arraycopy(admin, 0, headers, 0, admin.length);
        headers[admin.length] = "Content-Type";
        headers[admin.length + 1] = "application/json";
        String made = Http.post(hydra.url().resolve("/admin/api/tokens"), "{\"name\":\"client\"}", headers).body();
        return new GuardedGateway(gemini, hydra, Json.object(made).getString("token"), admin);
    }

    URI url() {
        return hydra.url();
    }

    @Override
    public void close() {
        hydra.close();
        gemini.close();
    }
}
