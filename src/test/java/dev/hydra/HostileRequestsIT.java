package dev.hydra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.support.FakeGemini;
import dev.hydra.support.Http;
import dev.hydra.support.RunningHydra;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Malformed and hostile requests against the running WAR: always a 4xx in OpenAI's shape, never a 500, never a hang, and the next request works. */
class HostileRequestsIT {
    private static final String GOOD = "{\"model\":\"gemini-2.5-flash\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
    private static final int LIMIT = 1024 * 1024;

    @TempDir
    private static Path home;
    private static FakeGemini gemini;
    private static RunningHydra hydra;
    private static URI chat;
    private static URI messages;

    @BeforeAll
    static void start() {
        gemini = FakeGemini.start();
        hydra = RunningHydra.start(home, Map.of("HYDRA_GEMINI_URL", gemini.url().toString(), "GEMINI_API_KEYS", "k1,k2", "HYDRA_LIMIT_BODY",
                Integer.toString(LIMIT)));
        chat = hydra.url().resolve("/v1/chat/completions");
        messages = hydra.url().resolve("/v1/messages");
    }

    @AfterAll
    static void stop() {
        hydra.close();
        gemini.close();
    }

    static Stream<Arguments> bodies() {
        String content = GOOD.substring(0, GOOD.indexOf("\"Hello\""));
        return Stream.of(
                Arguments.of("nothing", ""), Arguments.of("white space", " \n "), Arguments.of("null", "null"),
                Arguments.of("an array", "[]"),
                Arguments.of("a number", "17"), Arguments.of("a text", "\"hello\""),
                Arguments.of("not JSON", "model=gemini&messages=hello"),
                Arguments.of("two documents", GOOD + GOOD), Arguments.of("a trailing comma", GOOD.replace("]}", "],}")),
                Arguments.of("single quotes", GOOD.replace('"', '\'')), Arguments.of("NaN", GOOD.replace("]}", "],\"temperature\":NaN}")),
                Arguments.of("a leading zero", GOOD.replace("]}", "],\"temperature\":01}")),
                Arguments.of("a control character", GOOD.replace("Hello", "He\u0001llo")),
                Arguments.of("a duplicate key", GOOD.replace("{\"model\"", "{\"model\":\"other\",\"model\"")),
                Arguments.of("a duplicate key, escaped", GOOD.replace("{\"model\"", "{\"m\\u006fdel\":\"other\",\"model\"")),
                Arguments.of("a duplicate key inside", GOOD.replace("\"role\"", "\"role\":\"system\",\"role\"")),
                Arguments.of("no model", GOOD.replace("\"model\":\"gemini-2.5-flash\",", "")),
                Arguments.of("an empty model", GOOD.replace("gemini-2.5-flash", "")),
                Arguments.of("a model that is a path", GOOD.replace("gemini-2.5-flash", "../../v1/files?x=")),
                Arguments.of("a model of another type", GOOD.replace("\"gemini-2.5-flash\"", "17")),
                Arguments.of("no messages", "{\"model\":\"gemini-2.5-flash\"}"),
                Arguments.of("empty messages", "{\"model\":\"gemini-2.5-flash\",\"messages\":[]}"),
                Arguments.of("messages of another type", "{\"model\":\"gemini-2.5-flash\",\"messages\":{\"role\":\"user\"}}"),
                Arguments.of("a message that is no object", "{\"model\":\"gemini-2.5-flash\",\"messages\":[\"hello\"]}"),
                Arguments.of("an unknown role", GOOD.replace("\"user\"", "\"king\"")),
                Arguments.of("content of another type", content + "42}]}"),
                Arguments.of("a part of another type", content + "[[]]}]}"),
                Arguments.of("an image without a URL", content + "[{\"type\":\"image_url\"}]}]}"),
                Arguments.of("a broken data URI",
                        content + "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,%%%\"}}]}]}"),
                Arguments.of("stream of another type", GOOD.replace("]}", "],\"stream\":\"yes\"}")),
                Arguments.of("temperature of another type", GOOD.replace("]}", "],\"temperature\":\"hot\"}")),
                Arguments.of("n of another type", GOOD.replace("]}", "],\"n\":\"2\"}")),
                Arguments.of("a huge n", GOOD.replace("]}", "],\"n\":99999999999999999999}")),
                Arguments.of("stop of another type", GOOD.replace("]}", "],\"stop\":{}}")),
                Arguments.of("tools of another type", GOOD.replace("]}", "],\"tools\":\"all\"}")),
                Arguments.of("a function without a name", GOOD.replace("]}", "],\"tools\":[{\"type\":\"function\",\"function\":{}}]}")),
                Arguments.of("a deep array", content + "[".repeat(100_000) + "]".repeat(100_000) + "}]}"),
                Arguments.of("a deep object",
                        GOOD.replace("]}", "],\"metadata\":" + "{\"a\":".repeat(50_000) + "1" + "}".repeat(50_000) + "}")),
                Arguments.of("a deep open array", content + "[".repeat(500_000)),
                Arguments.of("a long number", GOOD.replace("]}", "],\"temperature\":1" + "0".repeat(200_000) + "}")),
                Arguments.of("a huge exponent", GOOD.replace("]}", "],\"seed\":1e999999999}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void isRefusedInOpenAisShape(String name, String body) {
        assertRefused(Http.post(chat, body, "Content-Type", "application/json"));
    }

    static Stream<Arguments> messagesBodies() {
        String content = GOOD.substring(0, GOOD.indexOf("\"Hello\""));
        Stream<Arguments> own = Stream.of(
                Arguments.of("a block without a type", content + "[{}]}]}"),
                Arguments.of("an unknown block", content + "[{\"type\":\"hologram\"}]}]}"),
                Arguments.of("a picture without a source", content + "[{\"type\":\"image\"}]}]}"),
                Arguments.of("a picture that is no base64",
                        content + "[{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"data\":\"%\"}}]}]}"),
                Arguments.of("a picture in the private network", content
                        + "[{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"http://169.254.169.254/a.png\"}}]}]}"),
                Arguments.of("a result without an id", content + "[{\"type\":\"tool_result\"}]}]}"),
                Arguments.of("thinking of another type", GOOD.replace("]}", "],\"thinking\":true}")),
                Arguments.of("tools of another type", GOOD.replace("]}", "],\"tools\":\"all\"}")),
                Arguments.of("a tool without a name", GOOD.replace("]}", "],\"tools\":[{}]}")),
                Arguments.of("a thread", GOOD.replace("]}", "],\"thread\":{\"type\":\"create\"}}")),
                Arguments.of("no token at all", GOOD.replace("]}", "],\"max_tokens\":0}")));
        // What is special to OpenAI's format are the parts of a message and the options.
        Stream<Arguments> common = bodies().filter(each -> !((String) each.get()[1]).contains("image_url"))
                .filter(each -> !((String) each.get()[0]).matches("(a huge n|n of|stop of|tools of|a function|a huge exponent).*"));
        return Stream.concat(common, own);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messagesBodies")
    void isRefusedInAnthropicsShape(String name, String body) {
        HttpResponse<String> answer = Http.post(messages, body, "Content-Type", "application/json");

        assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
        JsonObject document = Json.object(answer.body());
        assertThat(document.getString("type")).isEqualTo("error");
        assertThat(document.getJsonObject("error").getString("type")).isIn("invalid_request_error", "not_found_error");
        assertThat(document.getJsonObject("error").getString("message")).isNotBlank();
        assertThat(answer.headers().firstValue("request-id")).contains(document.getString("request_id"));
        assertThat(Http.post(messages, GOOD).statusCode()).as("the next request").isEqualTo(200);
    }

    @Test
    void whatComesBeforeTheGatewayIsInAnthropicsShapeToo() {
        for (HttpResponse<String> answer : List.of(Http.get(messages), Http.get(messages.resolve("/v1/messages/nothing")),
                Http.post(messages, GOOD.replace("Hello", "x".repeat(LIMIT))),
                Http.post(messages.resolve("/v1/messages/count_tokens"), "{}"))) {
            assertThat(answer.statusCode()).isIn(400, 404, 405, 413);
            assertThat(Json.object(answer.body()).getString("type")).isEqualTo("error");
        }
        assertThat(Http.post(messages.resolve("/v1/messages?beta=true"), GOOD).statusCode()).isEqualTo(200);
        assertThat(Json.object(Http.post(messages.resolve("/v1/messages/count_tokens?beta=true"), GOOD).body()).getInt("input_tokens"))
                .isPositive();
    }

    @Test
    void everyTruncationIsRefused() {
        byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
        IntStream.range(0, good.length).forEach(length -> assertRefused(Http.post(chat, Arrays.copyOf(good, length))));
    }

    @Test
    void invalidUtf8IsRefused() {
        byte[] bytes = GOOD.replace("Hello", "Hxllo").getBytes(StandardCharsets.UTF_8);
        bytes[GOOD.indexOf("Hello") + 1] = (byte) 0xc3;
        assertRefused(Http.post(chat, bytes));
    }

    @Test
    void aBodyOverTheLimitIsRefusedWithoutBeingKept() {
        HttpResponse<String> answer = Http.post(chat, GOOD.replace("Hello", "x".repeat(LIMIT)));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(error(answer).getString("message")).contains(Integer.toString(LIMIT));
    }

    @Test
    void otherMethodsAndPathsAreAnsweredInTheSameShape() {
        assertThat(error(Http.get(chat))).isNotNull();
        assertThat(Http.get(chat).statusCode()).isEqualTo(405);
        assertThat(Http.get(hydra.url().resolve("/v1/nothing")).statusCode()).isEqualTo(404);
        assertThat(error(Http.get(hydra.url().resolve("/v1/nothing"))).getString("message")).isNotBlank();
        assertThat(Http.get(hydra.url().resolve("/v1/models/no-such-model")).statusCode()).isEqualTo(404);
    }

    @Test
    void hostileTokensChangeNothing() {
        for (String token : new String[] {"sk-' OR 1=1--", "\"; DROP TABLE access_token; --", "%00", "a".repeat(6000)}) {
            assertThat(Http.post(chat, GOOD, "Authorization", "Bearer " + token).statusCode()).isIn(200, 400, 431);
        }
    }

    @Test
    void aContentTypeThatIsNotJsonIsNoReasonToRefuseJson() {
        assertThat(Http.post(chat, GOOD, "Content-Type", "text/plain").statusCode()).isEqualTo(200);
    }

    private static void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
        JsonObject error = error(answer);
        assertThat(error.getString("message")).isNotBlank();
        assertThat(error.getString("type")).isEqualTo("invalid_request_error");
        assertThat(error).containsKeys("param", "code");
        assertThat(answer.headers().firstValue("x-request-id")).isPresent();
        assertThat(Http.post(chat, GOOD).statusCode()).as("the next request").isEqualTo(200);
    }

    private static JsonObject error(HttpResponse<String> answer) {
        return Json.object(answer.body()).getJsonObject("error");
    }
}
