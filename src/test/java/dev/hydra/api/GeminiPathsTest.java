package dev.hydra.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.access.Caller;
import dev.hydra.dialect.chat.ChatDialect;
import dev.hydra.dialect.gemini.GeminiEndpoints;
import dev.hydra.dialect.messages.MessagesDialect;
import dev.hydra.dialect.responses.ResponsesDialect;
import dev.hydra.gateway.Gateway;
import dev.hydra.gateway.Gateways;
import dev.hydra.gateway.InFlight;
import dev.hydra.gateway.Models;
import dev.hydra.gateway.Records;
import dev.hydra.keys.Background;
import dev.hydra.keys.KeyBook;
import dev.hydra.keys.KeyCheck;
import dev.hydra.keys.KeyPool;
import dev.hydra.keys.KeyStore;
import dev.hydra.keys.Keys;
import dev.hydra.keys.ModelCatalogue;
import dev.hydra.keys.ModelNames;
import dev.hydra.keys.SharedState;
import dev.hydra.relay.Forwarding;
import dev.hydra.relay.ObjectBook;
import dev.hydra.relay.Relay;
import dev.hydra.settings.Settings;
import dev.hydra.settings.TestSettings;
import dev.hydra.store.Database;
import dev.hydra.store.Encryption;
import dev.hydra.support.FakeGemini;
import dev.hydra.upstream.GeminiUpstream;
import dev.hydra.wire.HttpSender;
import dev.hydra.wire.Json;
import dev.hydra.wire.Sleeper;
import jakarta.json.JsonObject;
import jakarta.servlet.Filter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.modeler.Registry;
import org.glassfish.hk2.utilities.binding.AbstractBinder;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of path of the Gemini API through a real Tomcat and Jersey: which resource answers, and what is left on the wire. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GeminiPathsTest {
    private static final String BODY = "{\"contents\":[{\"parts\":[{\"text\":\"Hello\"}]}]}";

    private final FakeGemini gemini = FakeGemini.start();
    private final Clock clock = Clock.systemUTC();
    private final Tomcat tomcat = new Tomcat();
    private final HttpSender sender = new HttpSender();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Background background = new Background();
    private Database database;
    private KeyCheck check;
    private InFlight inFlight;
    private String base;

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        Settings settings = TestSettings.in(home, Map.of("HYDRA_GEMINI_URL", gemini.url().toString(), "GEMINI_API_KEYS", "key-1,key-2"));
        database = new Database(settings);
        KeyStore store = new KeyStore(database, new Encryption(settings, database));
        SharedState state = Gateways.state(settings, clock);
        KeyPool pool = new KeyPool(state, clock);
        ModelCatalogue catalogue = new ModelCatalogue(store);
        check = new KeyCheck(settings);
        Keys keys = new Keys(settings, new KeyBook(store, clock), pool, check, catalogue, background);
        keys.open();
        keys.sync();
        inFlight = new InFlight(settings, Sleeper.SYSTEM);
        ObjectBook book = new ObjectBook(database, pool, clock);
        Gateway gateway = Gateways.of(settings, pool, state, sender, clock, book);
        Relay relay = new Relay(new Forwarding(pool, sender, new GeminiUpstream(settings), settings, clock), book,
                new Records(List.of(), clock), inFlight, settings);
        Bodies bodies = new Bodies(settings);
        Front front = new Front(gateway, bodies);
        RelayFront relayFront = new RelayFront(relay, bodies, new GeminiEndpoints(), new OwnAddress(settings));
        Models models = Gateways.models(keys, catalogue, new ModelNames(settings, database, state, catalogue), clock);
        serve(home,
                new ResourceConfig(GeminiResource.class, GeminiUploadResource.class, ChatCompletionsResource.class, ModelsResource.class,
                        FailureMapper.class).register(new AbstractBinder() {
                            @Override
                            protected void configure() {
                                bind(front).to(Front.class);
                                bind(relayFront).to(RelayFront.class);
                                bind(models).to(Models.class);
                                bind(new GeminiEndpoints()).to(GeminiEndpoints.class);
                                bind(new ChatDialect()).to(ChatDialect.class);
                                bind(new MessagesDialect()).to(MessagesDialect.class);
                                bind(new ChatClients(new ChatDialect(), new ResponsesDialect())).to(ChatClients.class);
                            }
                        }));
    }

    private void serve(Path home, ResourceConfig resources) throws Exception {
        Registry.disableRegistry();
        tomcat.setBaseDir(home.resolve("tomcat").toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("/hydra", null);
        filter(context, "caller", (request, response, chain) -> {
            request.setAttribute(AccessFilter.CALLER, new Caller(Optional.of("token"), "anna", "127.0.0.1"));
            chain.doFilter(request, response);
        });
        filter(context, "api", new ApiFilter(new ServletContainer(resources), inFlight));
        Tomcat.addServlet(context, "none", new jakarta.servlet.http.HttpServlet() {
            private static final long serialVersionUID = 1L;
        });
        context.addServletMapping("/", "none");
        tomcat.start();
        base = "http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/hydra/";
    }

    private static void filter(Context context, String name, Filter filter) {
        FilterDef definition = new FilterDef();
        definition.setFilterName(name);
        definition.setFilter(filter);
        FilterMap mapping = new FilterMap();
        mapping.setFilterName(name);
        mapping.addURLPattern("/*");
        context.addFilterDef(definition);
        context.addFilterMap(mapping);
    }

    @AfterAll
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
        background.close();
        check.close();
        database.close();
        sender.close();
        gemini.close();
        client.close();
    }

    private HttpResponse<String> call(String method, String path, String body, String... headers) throws Exception {
        return at(method, URI.create(base + path), body, headers);
    }

    private HttpResponse<String> at(String method, URI uri, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(method,
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void everyAddressOfAMethodLeadsToIt() throws Exception {
        for (String prefix : List.of("v1beta/", "v1/", "gemini/v1beta/", "v1beta/v1beta/")) {
            HttpResponse<String> reply = call("POST", prefix + "models/gemini-2.5-flash:generateContent?key=x", BODY);
            assertThat(reply.statusCode()).as(prefix + reply.body()).isEqualTo(200);
            assertThat(reply.body()).contains("\"finishReason\"");
        }
        assertThat(call("POST", "v1beta/models/gemini-2.5-flash:countTokens", BODY).body()).contains("totalTokens");
        assertThat(call("POST", "v1beta/openai/chat/completions",
                "{\"model\":\"gemini-2.5-flash\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}").body())
                .contains("chat.completion");
    }

    @Test
    void streamsKeepTheirForm() throws Exception {
        HttpResponse<String> events = call("POST", "v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse", BODY);
        HttpResponse<String> array = call("POST", "v1beta/models/gemini-2.5-flash:streamGenerateContent", BODY);

        assertThat(events.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        assertThat(events.body()).startsWith("data: {").endsWith("\r\n\r\n");
        assertThat(array.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(Json.value(array.body()).asJsonArray()).isNotEmpty();
    }

    @Test
    void modelsComeInTheShapeThatTheClientSpeaks() throws Exception {
        assertThat(Json.object(call("GET", "v1beta/models?pageSize=2", "").body())).containsKeys("models", "nextPageToken");
        assertThat(Json.object(call("GET", "v1/models", "", "x-goog-api-key", "k").body())).containsKey("models");
        assertThat(Json.object(call("GET", "v1/models", "").body())).containsKey("data");
        assertThat(Json.object(call("GET", "v1beta/models/gemini-2.5-flash", "").body()).getString("name"))
                .isEqualTo("models/gemini-2.5-flash");
    }

    @Test
    void aFileGoesAllTheWay() throws Exception {
        HttpResponse<String> begun = call("POST", "upload/v1beta/files", "{\"file\":{\"displayName\":\"n\"}}", "X-Goog-Upload-Protocol",
                "resumable", "X-Goog-Upload-Command", "start", "X-Goog-Upload-Header-Content-Type", "text/plain");
        URI address = URI.create(begun.headers().firstValue("X-Goog-Upload-URL").orElseThrow());
        assertThat(address.toString()).startsWith(base + "upload/v1beta/files?upload_id=");

        HttpResponse<String> done = at("POST", address, "Hello, file!", "X-Goog-Upload-Command", "upload, finalize", "X-Goog-Upload-Offset",
                "0");
        JsonObject file = Json.object(done.body()).getJsonObject("file");
        String name = file.getString("name");

        assertThat(done.headers().firstValue("X-Goog-Upload-Status")).contains("final");
        assertThat(call("GET", "v1beta/" + name + ":download?alt=media", "").body()).isEqualTo("Hello, file!");
        assertThat(call("GET", "v1beta/files", "").body()).contains(name);
        assertThat(call("DELETE", "v1beta/" + name, "").statusCode()).isEqualTo(200);
        assertThat(call("GET", "v1beta/" + name, "").statusCode()).isEqualTo(404);
    }

    @Test
    void whatIsNotThereIsToldInGooglesShape() throws Exception {
        for (String path : List.of("v1beta/nothing", "v1beta/files/unknown", "v1beta/models/none-such", "v1/cachedContents/x")) {
            HttpResponse<String> reply = call("GET", path, "");
            assertThat(reply.statusCode()).as(path).isEqualTo(404);
            assertThat(Json.object(reply.body()).getJsonObject("error").getString("status")).as(path).isEqualTo("NOT_FOUND");
        }
        HttpResponse<String> wrong = call("POST", "v1beta/models/gemini-2.5-flash:generateContent", "{");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(Json.object(wrong.body()).getJsonObject("error").getString("status")).isEqualTo("INVALID_ARGUMENT");
        assertThat(call("PUT", "v1beta/models/x:generateContent", "{}").statusCode()).isEqualTo(405);
    }
}
