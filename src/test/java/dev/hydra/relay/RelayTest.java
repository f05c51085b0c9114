package dev.hydra.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydra.access.Caller;
import dev.hydra.dialect.Failure.Kind;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.gateway.Attempt;
import dev.hydra.gateway.Exchange;
import dev.hydra.gateway.InFlight;
import dev.hydra.gateway.Records;
import dev.hydra.keys.KeyPool;
import dev.hydra.secret.Secret;
import dev.hydra.settings.Settings;
import dev.hydra.settings.TestSettings;
import dev.hydra.store.Database;
import dev.hydra.support.FakeGemini;
import dev.hydra.upstream.GeminiUpstream;
import dev.hydra.wire.HttpSender;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The provider's objects through the relay: a real database, a simulated Gemini with many projects behind it. */
class RelayTest {
    private static final Caller ANNA = new Caller(Optional.of("token-a"), "anna", "127.0.0.1");
    private static final Caller BERT = new Caller(Optional.of("token-b"), "bert", "127.0.0.1");
    private static final List<Secret> KEYS = IntStream.range(0, 8).mapToObj(i -> Secret.of("key-" + i)).toList();

    @RegisterExtension
    final FakeGemini gemini = FakeGemini.start();
    @TempDir
    private Path home;
    private final Clock clock = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
    private final HttpSender sender = new HttpSender();
    private final List<Exchange> finished = new ArrayList<>();
    private Settings settings;
    private Database database;
    private ObjectBook book;
    private Relay relay;
    private InFlight inFlight;

    @BeforeEach
    void open() {
        settings = TestSettings.in(home, Map.of("HYDRA_GEMINI_URL", gemini.url().toString()));
        inFlight = new InFlight(settings, length -> {
        });
        database = new Database(settings);
        start();
    }

    /** As after a restart: nothing is known but what is in the database. */
    private void start() {
        KeyPool pool = KeyPool.of(settings.pool(), clock, KEYS);
        book = new ObjectBook(database, pool, clock);
        relay = new Relay(new Forwarding(pool, sender, new GeminiUpstream(settings), settings, clock), book,
                new Records(List.of(finished::add), clock), inFlight, settings);
    }

    @AfterEach
    void close() {
        database.close();
        sender.close();
    }

    private RelayReply call(Caller caller, String method, String target, String query, String body) throws RelayFailure {
        return relay.answer(new RelayRequest(caller, method, "v1beta", target, query, Map.of("Content-Type", "application/json"),
                body.getBytes(StandardCharsets.UTF_8), Optional.empty(), "http://gateway:1/ctx"));
    }

    private RelayReply upload(Caller caller, String query, Map<String, String> headers, String body) throws RelayFailure {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return relay.answer(new RelayRequest(caller, "POST", "v1beta", "files", query, headers, new byte[0],
                Optional.of(new RelayRequest.Upload(new ByteArrayInputStream(bytes), bytes.length)), "http://gateway:1/ctx"));
    }

    private static String text(RelayReply reply) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        reply.body().writeTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static JsonObject json(RelayReply reply) throws IOException {
        return Json.object(text(reply));
    }

    /** @return the file's name */
    private String uploaded(Caller caller, String content) throws RelayFailure, IOException {
        RelayReply begun = upload(caller, "", Map.of("X-Goog-Upload-Protocol", "resumable", "X-Goog-Upload-Command", "start",
                "X-Goog-Upload-Header-Content-Type", "text/plain"), "{\"file\":{\"displayName\":\"notes\"}}");
        URI address = URI.create(begun.headers().get("X-Goog-Upload-URL"));
        assertThat(address.toString()).startsWith("http://gateway:1/ctx/upload/v1beta/files?upload_id=");
        text(begun);
        int half = content.length() / 2;
        text(upload(caller, address.getRawQuery(), Map.of("X-Goog-Upload-Command", "upload", "X-Goog-Upload-Offset", "0"),
                content.substring(0, half)));
        RelayReply done = upload(caller, address.getRawQuery(),
                Map.of("X-Goog-Upload-Command", "upload, finalize", "X-Goog-Upload-Offset", "" + half), content.substring(half));
        assertThat(done.headers()).containsEntry("X-Goog-Upload-Status", "final");
        return json(done).getJsonObject("file").getString("name");
    }

    @Test
    void aFileIsUploadedInPartsAndStaysWithItsProjectAcrossARestart() throws Exception {
        String name = uploaded(ANNA, "Hello, file!");
        start();

        assertThat(json(call(ANNA, "GET", name, "", "")).getString("sizeBytes")).isEqualTo("12");
        assertThat(text(call(ANNA, "GET", name + ":download", "alt=media", ""))).isEqualTo("Hello, file!");
        assertThat(finished).allSatisfy(exchange -> assertThat(exchange.attempts()).hasSize(1));
    }

    @Test
    void anObjectIsSeenOnlyByTheTokenThatMadeIt() throws Exception {
        String name = uploaded(ANNA, "secret");

        for (String method : List.of("GET", "DELETE")) {
            assertThatThrownBy(() -> call(BERT, method, name, "", "")).isInstanceOfSatisfying(RelayFailure.class,
                    refused -> assertThat(refused.failure().kind()).isEqualTo(Kind.NOT_FOUND));
        }
        assertThatThrownBy(() -> call(BERT, "GET", name + ":download", "alt=media", "")).isInstanceOf(RelayFailure.class);
        assertThatThrownBy(() -> call(BERT, "POST", "cachedContents", "", "{\"contents\":[{\"parts\":[{\"fileData\":{\"fileUri\":\""
                + "https://generativelanguage.googleapis.com/v1beta/" + name + "\"}}]}]}")).isInstanceOf(InvalidRequest.class)
                .hasMessageContaining(name);
        assertThat(json(call(ANNA, "GET", name, "", "")).getString("name")).isEqualTo(name);
    }

    @Test
    void anUploadCannotBeGoneOnWithByAnother() throws Exception {
        RelayReply begun = upload(ANNA, "", Map.of("X-Goog-Upload-Command", "start"), "{}");
        text(begun);
        String query = URI.create(begun.headers().get("X-Goog-Upload-URL")).getRawQuery();

        assertThatThrownBy(() -> upload(BERT, query, Map.of("X-Goog-Upload-Command", "upload, finalize"), "x"))
                .isInstanceOf(RelayFailure.class);
        assertThatThrownBy(() -> upload(BERT, "upload_id=invented", Map.of("X-Goog-Upload-Command", "upload, finalize"), "x"))
                .isInstanceOf(RelayFailure.class);
    }

    @Test
    void aListIsTheUnionOfTheCallersOwnAcrossProjects() throws Exception {
        List<String> own = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            own.add(json(call(ANNA, "POST", "cachedContents", "", "{\"model\":\"models/m\"}")).getString("name"));
        }
        json(call(BERT, "POST", "cachedContents", "", "{\"model\":\"models/m\"}"));
        start();
        List<String> seen = new ArrayList<>();
        String token = "";
        do {
            JsonObject page = json(call(ANNA, "GET", "cachedContents", "pageSize=2&pageToken=" + token, ""));
            page.getJsonArray("cachedContents").forEach(value -> seen.add(value.asJsonObject().getString("name")));
            token = page.getString("nextPageToken", "");
        } while (!token.isEmpty());

        assertThat(seen).containsExactlyInAnyOrderElementsOf(own);
    }

    @Test
    void whatIsDeletedIsGone() throws Exception {
        String name = json(call(ANNA, "POST", "cachedContents", "", "{\"model\":\"models/m\"}")).getString("name");

        assertThat(call(ANNA, "DELETE", name, "", "").status()).isEqualTo(200);
        assertThatThrownBy(() -> call(ANNA, "GET", name, "", "")).isInstanceOf(RelayFailure.class);
        assertThat(json(call(ANNA, "GET", "cachedContents", "", "")).getJsonArray("cachedContents")).isEmpty();
    }

    @Test
    void anInteractionGoesOnWhereItBegan() throws Exception {
        String id = json(call(ANNA, "POST", "interactions", "", "{\"model\":\"m\",\"input\":\"Hi\"}")).getString("id");
        start();

        assertThat(call(ANNA, "POST", "interactions", "", "{\"model\":\"m\",\"input\":\"On\",\"previous_interaction_id\":\"" + id + "\"}")
                .status()).isEqualTo(200);
        assertThat(call(ANNA, "GET", "interactions/" + id, "", "").status()).isEqualTo(200);
        assertThatThrownBy(() -> call(BERT, "POST", "interactions", "", "{\"model\":\"m\",\"previous_interaction_id\":\"" + id + "\"}"))
                .isInstanceOf(RelayFailure.class);
    }

    @Test
    void unknownObjectsAndPathsAreNotFound() {
        for (String target : List.of("files/unknown", "batches/x", "nothing", "nothing/x", "files/../models", "files/",
                "files/a/../../b")) {
            assertThatThrownBy(() -> call(ANNA, "GET", target, "", "")).as(target).isInstanceOfSatisfying(RelayFailure.class,
                    refused -> assertThat(refused.failure().kind()).isEqualTo(Kind.NOT_FOUND));
        }
        assertThat(gemini.requests()).isEmpty();
    }

    @Test
    void aRefusedKeyIsToldToThePoolAndOthersAreTried() throws Exception {
        gemini.enqueue(FakeGemini.keyLeaked(), FakeGemini.keyLeaked());

        text(call(ANNA, "POST", "models/gemini-2.5-flash:batchGenerateContent", "", "{}"));

        assertThat(finished).singleElement().satisfies(exchange -> {
            assertThat(exchange.attempts()).hasSize(3);
            assertThat(exchange.attempts().stream().map(Attempt::key).distinct()).hasSize(3);
        });
    }

    @Test
    void aProvidersErrorIsPassedOnWithoutTheKey() throws Exception {
        for (int i = 0; i < KEYS.size(); i++) {
            gemini.enqueue(FakeGemini.keySuspended());
        }

        RelayReply reply = call(ANNA, "POST", "models/gemini-2.5-flash:batchGenerateContent", "", "{}");

        assertThat(reply.status()).isEqualTo(403);
        assertThat(text(reply)).contains("CONSUMER_SUSPENDED").doesNotContain("key-");
    }

    @Test
    void aStopEndsACallThatTheProviderDoesNotAnswerAndTellsTheClient() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        gemini.enqueue(FakeGemini.holdsHeaders(never));
        List<Exception> told = new CopyOnWriteArrayList<>();
        Thread caller = Thread.startVirtualThread(() -> {
            try {
                call(ANNA, "POST", "models/gemini-2.5-flash:batchGenerateContent", "", "{}");
            } catch (RelayFailure e) {
                told.add(e);
            }
        });
        gemini.takeRequest();

        inFlight.stop();
        caller.join();
        never.countDown();

        assertThat(told).singleElement().isInstanceOfSatisfying(RelayFailure.class, cut -> {
            assertThat(cut.failure().kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(cut.failure().retryAfter()).isPresent();
        });
        assertThat(finished).singleElement().satisfies(exchange -> assertThat(exchange.status()).isEqualTo(503));
    }

    @Test
    void aStopCutsABodyThatIsBeingPassedOn() throws Exception {
        String name = uploaded(ANNA, "much ".repeat(400_000));
        RelayReply download = call(ANNA, "GET", name + ":download", "alt=media", "");

        inFlight.stop();

        assertThatThrownBy(() -> text(download)).isInstanceOf(IOException.class);
        assertThat(finished.getLast().failure()).isEqualTo("the answer broke off");
    }
}
