package dev.hydra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.support.FakeGemini;
import dev.hydra.support.Http;
import dev.hydra.support.RunningHydra;
import dev.hydra.wire.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Malformed and hostile bodies at every endpoint that {@link HostileRequestsIT} leaves out: always a 4xx in the endpoint's own shape, none of them reaches the
 * provider, and the next request works.
 */
class HostileEndpointsIT {
    private static final int LIMIT = 1024 * 1024;

    @TempDir
    private static Path home;
    private static FakeGemini gemini;
    private static RunningHydra hydra;

    /** Where errors stand and what they look like. */
    private enum Shape {
        OPENAI {
            @Override
            void check(HttpResponse<String> answer) {
                JsonObject error = Json.object(answer.body()).getJsonObject("error");
                assertThat(error.getString("message")).isNotBlank();
                assertThat(error.getString("type")).isEqualTo("invalid_request_error");
                assertThat(error).containsKeys("param", "code");
            }
        },
        ANTHROPIC {
            @Override
            void check(HttpResponse<String> answer) {
                JsonObject document = Json.object(answer.body());
                assertThat(document.getString("type")).isEqualTo("error");
                assertThat(document.getJsonObject("error").getString("message")).isNotBlank();
            }
        },
        GOOGLE {
            @Override
            void check(HttpResponse<String> answer) {
                JsonValue document = Json.value(answer.body());
                JsonObject error = (document instanceof JsonArray array ? array.getJsonObject(0) : document.asJsonObject())
                        .getJsonObject("error");
                assertThat(error.getInt("code")).isEqualTo(answer.statusCode());
                assertThat(error.getString("status")).isNotBlank();
                assertThat(error.getString("message")).isNotBlank();
            }
        };

        abstract void check(HttpResponse<String> answer);
    }

    /** An endpoint with a request that works and a word of it that may be anything. */
    enum Endpoint {
        RESPONSES("/v1/responses", Shape.OPENAI, "{'model':'gemini-2.5-flash','input':'Hello'}"),
        INPUT_TOKENS("/v1/responses/input_tokens", Shape.OPENAI, "{'model':'gemini-2.5-flash','input':'Hello'}"),
        COUNT_TOKENS("/v1/messages/count_tokens", Shape.ANTHROPIC,
                "{'model':'gemini-2.5-flash','messages':[{'role':'user','content':'Hello'}]}"),
        COMPLETIONS("/v1/completions", Shape.OPENAI, "{'model':'gemini-2.5-flash','prompt':'Hello'}"),
        EMBEDDINGS("/v1/embeddings", Shape.OPENAI, "{'model':'gemini-embedding-001','input':'Hello'}"),
        IMAGES("/v1/images/generations", Shape.OPENAI, "{'model':'gemini-2.5-flash-image','prompt':'Hello'}"),
        SPEECH("/v1/audio/speech", Shape.OPENAI,
                "{'model':'gemini-2.5-flash-preview-tts','input':'Hello','voice':'alloy','response_format':'wav'}"),
        GENERATE("/v1beta/models/gemini-2.5-flash:generateContent", Shape.GOOGLE, "{'contents':[{'parts':[{'text':'Hello'}]}]}"),
        STREAM("/v1beta/models/gemini-2.5-flash:streamGenerateContent", Shape.GOOGLE, "{'contents':[{'parts':[{'text':'Hello'}]}]}"),
        EVENTS("/v1/models/gemini-2.5-flash:streamGenerateContent?alt=sse", Shape.GOOGLE, "{'contents':[{'parts':[{'text':'Hello'}]}]}"),
        COUNT("/v1beta/models/gemini-2.5-flash:countTokens", Shape.GOOGLE, "{'contents':[{'parts':[{'text':'Hello'}]}]}"),
        CACHES("/v1beta/cachedContents", Shape.GOOGLE, "{'model':'models/gemini-2.5-flash','displayName':'Hello'}");

        private final String path;
        private final Shape shape;
        private final String good;

        Endpoint(String path, Shape shape, String good) {
            this.path = path;
            this.shape = shape;
            this.good = good.replace('\'', '"');
        }

        URI at() {
            return hydra.url().resolve(path);
        }

        /** The good request with one more field. */
        String with(String field) {
            return good.substring(0, good.length() - 1) + "," + field.replace('\'', '"') + "}";
        }
    }

    @BeforeAll
    static void start() {
        gemini = FakeGemini.start();
        hydra = RunningHydra.start(home, Map.of("HYDRA_GEMINI_URL", gemini.url().toString(), "GEMINI_API_KEYS", "k1,k2", "HYDRA_LIMIT_BODY",
                Integer.toString(LIMIT)));
    }

    @AfterAll
    static void stop() {
        hydra.close();
        gemini.close();
    }

    private static void refused(Endpoint endpoint, Object body) {
        gemini.requests();
        HttpResponse<String> answer = body instanceof byte[] bytes ? Http.post(endpoint.at(), bytes)
                : Http.post(endpoint.at(), (String) body, "Content-Type", "application/json");

        assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
        endpoint.shape.check(answer);
        assertThat(answer.headers().firstValue("x-request-id")).isPresent();
        assertThat(gemini.requests()).as("what has reached the provider").isEmpty();
        assertThat(Http.post(endpoint.at(), endpoint.good).statusCode()).as("the next request").isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNoGoodJsonIsRefused(Endpoint endpoint) {
        String good = endpoint.good;
        List<String> bodies = List.of("", " \n ", "null", "[]", "17", "\"hello\"", "a=b", good + good, good.replace('"', '\''),
                endpoint.with("'x':NaN"), endpoint.with("'x':01"), endpoint.with("'x':1,"), good.replace("Hello", "He\u0001llo"),
                endpoint.with("'x':1,'x':2"), endpoint.with("'x':1,'\\u0078':2"), endpoint.with("'x':{'y':1,'y':2}"),
                endpoint.with("'x':" + "[".repeat(100_000) + "]".repeat(100_000)),
                endpoint.with("'x':" + "{'a':".repeat(50_000) + "1" + "}".repeat(50_000)), good + "[".repeat(400_000));
        // Some calls about objects have no body; whether one must be there is Google's to say.
        bodies.stream().filter(body -> endpoint != Endpoint.CACHES || !body.isBlank()).forEach(body -> refused(endpoint, body));
    }

    @ParameterizedTest
    @EnumSource
    void truncatedBytesThatAreNoUtf8AndTooManyOfThemAreRefused(Endpoint endpoint) {
        byte[] good = endpoint.good.getBytes(StandardCharsets.UTF_8);
        for (int length : new int[] {1, good.length / 3, good.length / 2, good.length - 1}) {
            refused(endpoint, Arrays.copyOf(good, length));
        }
        byte[] broken = good.clone();
        broken[endpoint.good.indexOf("Hello") + 1] = (byte) 0xc3;
        refused(endpoint, broken);
        refused(endpoint, endpoint.good.replace("Hello", "x".repeat(LIMIT)));
    }

    static Stream<Arguments> wrongFields() {
        return Stream.of(
                fields(Endpoint.RESPONSES, "'input':7", "'input':[]", "'input':[7]", "'input':[{'type':'hologram'}]", "'input':[{}]",
                        "'input':'a','stream':'yes'", "'input':'a','temperature':'hot'", "'input':'a','tools':'all'",
                        "'input':'a','max_output_tokens':-1", "'input':'a','text':{'format':{'type':'poem'}}", "'input':'a','reasoning':7",
                        "'input':'a','previous_response_id':'resp_unknown'",
                        "'input':[{'type':'function_call_output','output':'x'}]",
                        "'input':[{'role':'user','content':[{'type':'input_image','image_url':'http://169.254.169.254/a.png'}]}]"),
                fields(Endpoint.INPUT_TOKENS, "'input':7", "'input':[7]", "'input':[{'type':'hologram'}]"),
                fields(Endpoint.COUNT_TOKENS, "'messages':7", "'messages':[7]", "'messages':[{'role':'user','content':[{}]}]",
                        "'messages':[{'role':'king','content':'a'}]"),
                fields(Endpoint.COMPLETIONS, "'prompt':7", "'prompt':''", "'prompt':[]", "'prompt':[[1,2]]", "'prompt':'a','n':'2'",
                        "'prompt':'a','n':1e99", "'prompt':'a','stop':{}", "'prompt':'a','suffix':'b'", "'prompt':'a','logprobs':'many'",
                        "'prompt':'a','max_tokens':0"),
                fields(Endpoint.EMBEDDINGS, "'input':7", "'input':''", "'input':[]", "'input':['a','']", "'input':[['a']]", "'input':[1,2]",
                        "'input':'a','encoding_format':'hex'", "'input':'a','dimensions':0", "'input':'a','dimensions':'many'"),
                fields(Endpoint.IMAGES, "'prompt':7", "'prompt':' '", "'prompt':'a','n':0", "'prompt':'a','n':11", "'prompt':'a','n':1.5",
                        "'prompt':'a','size':'huge'", "'prompt':'a','quality':'divine'", "'prompt':'a','response_format':'oil'",
                        "'prompt':'a','n':2,'stream':true"),
                fields(Endpoint.SPEECH, "'input':7,'voice':'alloy'", "'input':'','voice':'alloy'",
                        "'input':'a','voice':7", "'input':'a','voice':'alloy','response_format':'vinyl'",
                        "'input':'a','voice':'alloy','stream_format':'smoke'"))
                .flatMap(each -> each);
    }

    private static Stream<Arguments> fields(Endpoint endpoint, String... fields) {
        String model = endpoint.good.substring(0, endpoint.good.indexOf(',') + 1);
        return Stream.of(fields).map(field -> Arguments.of(endpoint, model + field.replace('\'', '"') + "}"));
    }

    @ParameterizedTest
    @MethodSource("wrongFields")
    void aWrongFieldIsRefused(Endpoint endpoint, String body) {
        refused(endpoint, body);
    }

    @ParameterizedTest
    @EnumSource(names = {"GENERATE", "STREAM", "EVENTS", "COUNT", "CACHES"}, mode = EnumSource.Mode.EXCLUDE)
    void aModelThatIsNoneIsRefused(Endpoint endpoint) {
        String model = endpoint.good.substring(endpoint.good.indexOf("\"gemini"), endpoint.good.indexOf(','));
        for (String none : List.of("\"\"", "\" \"", "17", "null", "[]", "{}")) {
            refused(endpoint, endpoint.good.replace(model, none));
        }
        if (endpoint != Endpoint.INPUT_TOKENS && endpoint != Endpoint.COUNT_TOKENS) { // where nobody can count, an estimate is the answer
            refused(endpoint, endpoint.good.replace(model, "\"a\\u0000b\""));
        }
        refused(endpoint, endpoint.good.replace("\"model\":" + model + ",", ""));
    }

    @ParameterizedTest
    @EnumSource(names = {"RESPONSES", "COMPLETIONS", "EMBEDDINGS", "IMAGES", "SPEECH"})
    void aModelThatIsAPathIsOneSegmentOfTheAddress(Endpoint endpoint) {
        gemini.requests();

        HttpResponse<String> answer = Http.post(endpoint.at(),
                endpoint.good.replaceFirst("\"gemini[^\"]*\"", "\"../../v1/files?x=\""));

        assertThat(answer.statusCode()).isBetween(400, 499);
        assertThat(gemini.requests()).allSatisfy(
                request -> assertThat(request.path()).startsWith("/v1beta/models/%2E%2E%2F%2E%2E%2Fv1%2Ffiles%3Fx%3D:"));
    }

    /** Spec defects S28 and S27: the client's own credentials and cookies are nobody else's business, and the key stands in one header alone. */
    @ParameterizedTest
    @EnumSource(names = {"RESPONSES", "EMBEDDINGS", "GENERATE", "EVENTS", "COUNT", "CACHES"})
    void ofTheClientsHeadersOnlyThoseThatGeminiKnowsGoOn(Endpoint endpoint) {
        gemini.requests();

        HttpResponse<String> answer = Http.post(endpoint.at(), endpoint.good, "Authorization", "Bearer sk-hydra-local", "Cookie",
                "session=1",
                "Referer", "secret", "X-Custom", "1", "x-goog-user-project", "victim",
                "x-server-timeout", "30");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(gemini.requests()).singleElement().satisfies(request -> {
            assertThat(request.headers().keySet()).isSubsetOf("host", "user-agent", "accept", "accept-encoding", "content-type",
                    "content-length", "connection", "x-goog-api-key", "x-server-timeout");
            assertThat(request.query()).doesNotContain("key");
        });
    }

    /** Spec defects S24. */
    @Test
    void hostileAddressesOfModelsLeadNowhere() {
        gemini.requests();
        for (String path : List.of("/v1beta/models/..%2f..%2fv1%2ffiles:generateContent", "/v1beta/models/a%0d%0ab:generateContent",
                "/v1beta/models/%20:generateContent", "/v1beta/models/gemini-2.5-flash:unknownMethod", "/v1beta/models/:generateContent")) {
            HttpResponse<String> answer = Http.post(hydra.url().resolve(path), Endpoint.GENERATE.good);
            assertThat(answer.statusCode()).as(path).isBetween(400, 499);
            Shape.GOOGLE.check(answer);
        }
        assertThat(gemini.requests()).allSatisfy(request -> assertThat(request.path()).startsWith("/v1beta/models/"));
    }

    @Test
    void brokenFormsAreRefused() {
        String part = "Content-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n";
        String model = "--b\r\n" + part.formatted("model", "gemini-2.5-flash");
        String sound = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.mp3\"\r\n\r\nID3\r\n";
        String end = "--b--\r\n";
        String form = "multipart/form-data; boundary=b";
        for (String endpoint : List.of("/v1/audio/transcriptions", "/v1/audio/translations", "/v1/images/edits")) {
            formRefused(endpoint, "", form);
            formRefused(endpoint, model + sound, form);
            formRefused(endpoint, model + end, form);
            formRefused(endpoint, sound + end, form);
            formRefused(endpoint, model + sound + end, "multipart/form-data");
            formRefused(endpoint, model + sound + end, "multipart/form-data; boundary=" + "-".repeat(71));
            formRefused(endpoint, model + sound + end, "multipart/form-data; boundary=other");
            formRefused(endpoint, "--b\r\n".repeat(20_000), form);
            formRefused(endpoint, model + "--b\r\n" + part.formatted("file", "no file") + end, form);
        }
        assertThat(Http.post(hydra.url().resolve("/v1/audio/transcriptions"), model + sound + end, "Content-Type", form).statusCode())
                .isEqualTo(200);
    }

    private static void formRefused(String path, String body, String type) {
        gemini.requests();
        HttpResponse<String> answer = Http.post(hydra.url().resolve(path), body, "Content-Type", type);
        assertThat(answer.statusCode()).as(path + ' ' + body.length() + ' ' + type + ' ' + answer.body()).isBetween(400, 499);
        Shape.OPENAI.check(answer);
        assertThat(gemini.requests()).isEmpty();
    }
}
