package dev.hydra.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.demo.Refusal;
import dev.hydra.demo.SimulatedGemini;
import dev.hydra.settings.Settings;
import dev.hydra.settings.TestSettings;
import dev.hydra.store.Database;
import dev.hydra.store.Encryption;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The admin API as its clients see it: paths, statuses, JSON. */
class AdminResourcesTest {
    private static final URI BASE = URI.create("http://localhost/");

    @TempDir
    private Path home;
    private final SimulatedGemini gemini = SimulatedGemini.demo().start();
    private Database database;
    private Background background;
    private KeyCheck check;
    private KeyPool pool;
    private ApplicationHandler application;

    @BeforeEach
    void start() {
        Settings settings = TestSettings.in(home, Map.of("HYDRA_GEMINI_URL", gemini.url().toString()));
        database = new Database(settings);
        background = new Background();
        check = new KeyCheck(settings);
        LocalState state = new LocalState(settings, Clock.systemUTC());
        Caps caps = new Caps(settings, database, Clock.systemUTC());
        pool = new KeyPool(state, caps, Clock.systemUTC());
        KeyStore store = new KeyStore(database, new Encryption(settings, database));
        ModelCatalogue catalogue = new ModelCatalogue(store);
        Keys keys = new Keys(settings, new KeyBook(store, Clock.systemUTC()), pool, check, catalogue, background);
        keys.open();
        application = new ApplicationHandler(
                new ResourceConfig(KeysResource.class, PoolResource.class, CapsResource.class).register(new AbstractBinder() {
                    @Override
                    protected void configure() {
                        bind(keys).to(Keys.class);
                        bind(background).to(Background.class);
                        bind(state).to(SharedState.class);
                        bind(catalogue).to(ModelCatalogue.class);
                        bind(caps).to(Caps.class);
                        bind(new Attention(keys, state, catalogue, caps, Clock.systemUTC())).to(Attention.class);
                        bind(Clock.systemUTC()).to(Clock.class);
                    }
                }));
    }

    @AfterEach
    void stop() {
        background.close();
        check.close();
        database.close();
        gemini.close();
    }

    @Test
    void keysAreAddedCheckedListedAndRemoved() throws Exception {
        Reply added = call("POST", "admin/api/keys", "demo-key-1\nrevoked-secret-key-9876\ndemo-key-1");
        assertThat(added.status).isEqualTo(201);
        assertThat(added.body.getJsonArray("added")).extracting(key -> key.asJsonObject().getString("status")).containsExactly("active",
                "disabled");
        assertThat(added.body.getJsonArray("problems").getJsonObject(0).getString("message")).isEqualTo("is the same key as entry 1.");

        Reply listed = call("GET", "admin/api/keys", "");
        assertThat(listed.text).doesNotContain("demo-key").doesNotContain("revoked-secret").contains("9876").contains("API_KEY_INVALID");
        assertThat(listed.body.getJsonArray("keys").getJsonObject(0).getInt("models")).isPositive();

        String id = listed.body.getJsonArray("keys").getJsonObject(1).getString("id");
        assertThat(call("DELETE", "admin/api/keys/" + id.substring(0, 8), "").body.getJsonObject("removed").getString("id")).isEqualTo(id);
        assertThat(call("DELETE", "admin/api/keys/" + id, "")).satisfies(gone -> {
            assertThat(gone.status).isEqualTo(404);
            assertThat(gone.body.getJsonObject("error").getString("message")).contains(id);
            assertThat(gone.body.getJsonObject("error").getString("field")).isEqualTo("id");
        });
        assertThat(call("GET", "admin/api/keys", "").body.getJsonArray("keys")).hasSize(1);
    }

    @Test
    void inputWithoutAGoodKeyIsA400ThatNamesTheField() throws Exception {
        Reply number = call("POST", "admin/api/keys", "[{\"api_key\": 7}]");
        assertThat(number.status).isEqualTo(400);
        assertThat(number.body.getJsonObject("error").getString("field")).isEqualTo("api_key");
        assertThat(number.body.getJsonObject("error").getString("message"))
                .isEqualTo("entry 1, field api_key: must be a text, but is a number.");
        assertThat(call("POST", "admin/api/keys", " ").body.getJsonObject("error").getString("field")).isEqualTo("keys");
        assertThat(call("POST", "admin/api/keys", "{\"keys\": [").status).isEqualTo(400);
        call("POST", "admin/api/keys", "demo-key-1");
        assertThat(call("POST", "admin/api/keys", "demo-key-1").text).contains("is there already");
    }

    @Test
    void verifyingTellsModelsOrWhyNot() throws Exception {
        call("POST", "admin/api/keys", "demo-key-1");
        String id = call("GET", "admin/api/keys", "").body.getJsonArray("keys").getJsonObject(0).getString("id");
        assertThat(call("POST", "admin/api/keys/" + id + "/verify", "").body.getJsonArray("models")).isNotEmpty();
        gemini.failKey("demo-key-1", Refusal.KEY_LEAKED);
        Reply leaked = call("POST", "admin/api/keys/" + id + "/verify", "");
        assertThat(leaked.body.getString("result")).isEqualTo("invalid");
        assertThat(leaked.body.getString("message")).contains("leaked");
        assertThat(call("POST", "admin/api/keys/nothing/verify", "").status).isEqualTo(404);
    }

    @Test
    void thePoolShowsRestsWithReasonsAndAResetEndsThem() throws Exception {
        call("POST", "admin/api/keys", "demo-key-1 demo-key-2");
        lease().coolUntil(Scope.PROJECT_MODEL, Clock.systemUTC().instant().plus(Duration.ofHours(2)), true, "per day");
        lease().succeeded(12);
        JsonObject shown = call("GET", "admin/api/pool", "").body;
        JsonObject rest = shown.getJsonArray("rests").getJsonObject(0);
        assertThat(rest.getString("kind")).isEqualTo("DAILY");
        assertThat(rest.getString("reason")).isEqualTo("per day");
        assertThat(rest.getString("until")).endsWith("Z");
        assertThat(shown.getJsonArray("days").getJsonObject(0).getInt("tokens")).isEqualTo(12);
        JsonObject reset = call("POST", "admin/api/pool/reset", "").body;
        assertThat(reset.getInt("rests")).isEqualTo(1);
        assertThat(reset.getInt("counters")).isEqualTo(1);
        assertThat(call("GET", "admin/api/pool", "").body.getJsonArray("rests")).isEmpty();
        assertThat(call("POST", "admin/api/models/refresh", "").body.getJsonArray("models")).isNotEmpty();
    }

    @Test
    void badEntriesAreReportedOneByOneAndTheGoodOnesAreTaken() throws Exception {
        Reply mixed = call("POST", "admin/api/keys", """
                [{"api_key": "demo-key-1", "project_id": "p"}, {"api_key": 7}, {"api_key": ""}, {"api_key": "demo-key-1"}, null,
                 {"api_key": "demo-key-2", "project_id": "p"}, {"api_key": "demo-key-3", "tier": "gold"}]""");
        assertThat(mixed.status).isEqualTo(201);
        assertThat(mixed.body.getJsonArray("added")).hasSize(2);
        assertThat(mixed.body.getJsonArray("problems").getValuesAs(JsonObject.class)).extracting(problem -> problem.getInt("entry"))
                .containsExactly(2, 3, 4, 5, 7);
        assertThat(mixed.body.getJsonArray("notes").getJsonObject(0).getString("message")).contains("is the project of entry 1 too");
        Reply broken = call("POST", "admin/api/keys", "[\"demo-key-3\",\n{\"api_key\": }]");
        assertThat(broken.body.getJsonArray("added")).hasSize(1);
        assertThat(broken.body.getJsonArray("problems").getJsonObject(0).getString("message")).contains("broken at line 2, column");
        assertThat(call("GET", "admin/api/keys", "").body.getJsonArray("keys")).hasSize(3);
        assertThat(broken.text + mixed.text).doesNotContain("demo-key");
    }

    @Test
    void capsAreSetReadCheckedAndRemoved() throws Exception {
        call("POST", "admin/api/keys", "demo-key-1");
        Reply set = call("PUT", "admin/api/caps/pro", "{\"models\":\"gemini-2.5-*\",\"limit\":1,\"zone\":\"UTC\"}");
        JsonObject cap = set.body.getJsonArray("caps").getJsonObject(0);
        assertThat(cap.getString("state")).isEqualTo("ok");
        assertThat(cap.getJsonObject("cap").getString("period")).isEqualTo("day");
        assertThat(cap.getString("resets")).endsWith("T00:00:00Z");
        assertThat(call("GET", "admin/api/caps/check?model=gemini-2.5-flash", "").body.getBoolean("allowed")).isTrue();
        lease().succeeded(3);
        JsonObject listed = call("GET", "admin/api/caps", "").body;
        assertThat(listed.getJsonArray("caps").getJsonObject(0).getJsonArray("accounts").getJsonObject(0).getInt("used")).isEqualTo(1);
        assertThat(listed.getJsonArray("notices").getJsonObject(0).getBoolean("reached")).isTrue();
        JsonObject check = call("GET", "admin/api/caps/check?model=gemini-2.5-flash", "").body;
        assertThat(check.getBoolean("allowed")).isFalse();
        assertThat(check.getString("message")).contains("The cap 'pro'");
        JsonObject item = call("GET", "admin/api/attention", "").body.getJsonArray("items").getJsonObject(0);
        assertThat(item.getString("kind")).isEqualTo("CAP_REACHED");
        assertThat(item.getString("subject")).isEqualTo("pro");

        Reply wrong = call("PUT", "admin/api/caps/pro", "{\"models\":\"m\",\"limit\":[1]}");
        assertThat(wrong.status).isEqualTo(400);
        assertThat(wrong.body.getJsonObject("error").getString("field")).isEqualTo("limit");
        assertThat(call("PUT", "admin/api/caps/pro", "nothing").status).isEqualTo(400);
        assertThat(call("PUT", "admin/api/caps/a%20b", "{\"models\":\"m\",\"limit\":1}").status).isEqualTo(400);
        assertThat(call("GET", "admin/api/caps/check", "").status).isEqualTo(400);
        assertThat(call("DELETE", "admin/api/caps/pro", "").body.getJsonArray("caps")).isEmpty();
        assertThat(call("DELETE", "admin/api/caps/pro", "").status).isEqualTo(404);
    }

    @Test
    void whatNeedsAttentionIsListedWithItsReason() throws Exception {
        assertThat(call("GET", "admin/api/attention", "").body.getJsonArray("items")).isEmpty();
        call("POST", "admin/api/keys", "demo-key-1 demo-key-2 demo-key-wrong");
        lease().coolUntil(Scope.PROJECT_MODEL, Clock.systemUTC().instant().plus(Duration.ofHours(2)), true, "per day");
        lease().modelUnavailable(Scope.PROJECT_MODEL, Clock.systemUTC().instant().plus(Duration.ofHours(20)), true, "limit: 0");
        Lease passing = ((Offer.Granted) pool.lease(new LeaseRequest("gemini-2.5-pro", 0, List.of(), Set.of()))).lease();
        passing.coolUntil(Scope.PROJECT_MODEL, Clock.systemUTC().instant().plus(Duration.ofMinutes(2)), false, "a minute's quota");

        List<JsonObject> items = call("GET", "admin/api/attention", "").body.getJsonArray("items").getValuesAs(JsonObject.class);
        assertThat(items).extracting(item -> item.getString("kind")).containsExactly("DISABLED", "RESTING", "NO_QUOTA");
        assertThat(items).extracting(item -> item.getString("reason")).satisfiesExactly(
                reason -> assertThat(reason).contains("API_KEY_INVALID"),
                reason -> assertThat(reason).isEqualTo("per day"), reason -> assertThat(reason).isEqualTo("limit: 0"));
        assertThat(items.get(1).getString("until")).endsWith("Z");
    }

    private Lease lease() {
        return ((Offer.Granted) pool.lease(new LeaseRequest("gemini-2.5-flash", 0, List.of(), Set.of()))).lease();
    }

    private Reply call(String method, String path, String body) throws Exception {
        ContainerRequest request = new ContainerRequest(BASE, BASE.resolve(path), method, null, new MapPropertiesDelegate(),
                application.getConfiguration());
        request.setEntityStream(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
        if (!body.isEmpty()) {
            request.header("Content-Type", MediaType.TEXT_PLAIN);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ContainerResponse response = application.apply(request, out).get();
        String text = out.toString(StandardCharsets.UTF_8);
        return new Reply(response.getStatus(), text, Json.object(text));
    }

    private record Reply(int status, String text, JsonObject body) {
    }
}
