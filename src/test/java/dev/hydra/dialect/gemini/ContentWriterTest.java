package dev.hydra.dialect.gemini;

import static dev.hydra.dialect.gemini.Talks.V20;
import static dev.hydra.dialect.gemini.Talks.V25;
import static dev.hydra.dialect.gemini.Talks.V3;
import static dev.hydra.dialect.gemini.Talks.body;
import static dev.hydra.dialect.gemini.Talks.call;
import static dev.hydra.dialect.gemini.Talks.ignored;
import static dev.hydra.dialect.gemini.Talks.image;
import static dev.hydra.dialect.gemini.Talks.json;
import static dev.hydra.dialect.gemini.Talks.link;
import static dev.hydra.dialect.gemini.Talks.model;
import static dev.hydra.dialect.gemini.Talks.result;
import static dev.hydra.dialect.gemini.Talks.talk;
import static dev.hydra.dialect.gemini.Talks.text;
import static dev.hydra.dialect.gemini.Talks.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.conversation.Part;
import dev.hydra.conversation.Seal;
import dev.hydra.wire.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentWriterTest {
    private static JsonObject part(Part part, String model) {
        return body(talk(user(part)), model).getJsonArray("contents").getJsonObject(0).getJsonArray("parts").getJsonObject(0);
    }

    private static Part bytes(String bytes, String mime, String name) {
        String base64 = Base64.getEncoder().encodeToString(bytes.getBytes(StandardCharsets.ISO_8859_1));
        return new Part.Media(mime, new Part.Source.Inline(base64), "", name, JsonValue.EMPTY_JSON_OBJECT, Seal.NONE);
    }

    private static JsonValue output(String text) {
        return body(talk(user("a"), model(call("1", "f")), user(result("1", text))), V3)
                .getValue("/contents/2/parts/0/functionResponse/response");
    }

    @ParameterizedTest
    @CsvSource({"'\u0089PNG\r\n\u001a\n', image/png", "'\u00ff\u00d8\u00ff\u00e0', image/jpeg", "GIF89a, image/gif",
        "RIFF0000WEBPVP8, image/webp",
        "RIFF0000WAVEfmt, audio/wav", "%PDF-1.7, application/pdf", "ID3xxxxxxxx, audio/mp3", "OggSxxxx, audio/ogg",
        "fLaCxxxx, audio/flac",
        "0000ftypheic, image/heic", "0000ftypisom, video/mp4", "plain words, text/plain"})
    void bytesWithoutATypeAreSniffed(String bytes, String expected) {
        assertThat(part(bytes(bytes, "", ""), V3).getJsonObject("inlineData").getString("mimeType")).isEqualTo(expected);
    }

    @Test
    void theNameHelpsWhereTheBytesDoNot() {
        assertThat(part(bytes("\u0000\u0001\u0002", "application/octet-stream", "film.MOV"), V3).getJsonObject("inlineData")
                .getString("mimeType"))
                .isEqualTo("video/quicktime");
        assertThat(part(bytes("x", "image/JPG; charset=x", ""), V3).getJsonObject("inlineData").getString("mimeType"))
                .isEqualTo("image/jpeg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://www.youtube.com/watch?v=abc", "https://youtu.be/abc", "gs://bucket/cat.png", "files/abc",
        "https://generativelanguage.googleapis.com/v1beta/files/abc"})
    void defect26LinksThatGeminiReadsItselfAreKept(String uri) {
        assertThat(Talks.GEMINI.takesLink(uri)).isTrue();
        assertThat(part(link(uri), V3).getJsonObject("fileData").getString("fileUri")).endsWith(uri);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com/cat.png", "https://example.com/youtube.com/watch?v=1", "https://evil-youtu.be/1",
        "ftp://x/y",
        "https://www.youtube.com/", "not a link", "https://generativelanguage.googleapis.com.evil.org/v1beta/files/abc"})
    void otherLinksMustBeFetched(String uri) {
        assertThat(Talks.GEMINI.takesLink(uri)).isFalse();
    }

    @Test
    void linksGetATypeWhereOneIsKnown() {
        assertThat(part(link("https://youtu.be/abc"), V3))
                .isEqualTo(json("{'fileData':{'mimeType':'video/*','fileUri':'https://youtu.be/abc'}}"));
        assertThat(part(link("gs://bucket/cat.png"), V3).getJsonObject("fileData").getString("mimeType")).isEqualTo("image/png");
        assertThat(part(link("files/abc"), V3)).isEqualTo(json("{'fileData':{'fileUri':'https://generativelanguage.googleapis.com/v1"
                + "beta/files/abc'}}"));
    }

    @Test
    void resolutionIsTheMediumsFromGemini3OnAndTheRequestsBefore() {
        assertThat(part(image("image/png", "original"), V3).getJsonObject("mediaResolution"))
                .isEqualTo(json("{'level':'MEDIA_RESOLUTION_ULTRA_HIGH'}"));
        assertThat(part(image("image/png", "auto"), V3)).containsOnlyKeys("inlineData");
        assertThat(part(image("image/png", "low"), V25)).containsOnlyKeys("inlineData");
        assertThat(body(talk(user(image("image/png", "low"))), V25).getJsonObject("generationConfig"))
                .isEqualTo(json("{'mediaResolution':'MEDIA_RESOLUTION_LOW'}"));
        var mixed = talk(user(image("image/png", "low"), image("image/png", "")));
        assertThat(body(mixed, V25)).doesNotContainKey("generationConfig");
        assertThat(ignored(mixed, V25)).containsExactly("image_url.detail");
    }

    @Test
    void videosKeepTheirClip() {
        Part clip = new Part.Media("", new Part.Source.Link("https://youtu.be/x"), "", "", json("{'startOffset':'5s','fps':2}"), Seal.NONE);
        assertThat(part(clip, V3).getJsonObject("videoMetadata")).isEqualTo(json("{'startOffset':'5s','fps':2}"));
    }

    @Test
    void mediaInResultsGoInsideFromGemini3OnAndBehindBefore() {
        Part pictures = new Part.ToolResult("1", "f", List.of(text("two"), image("image/png", ""), bytes("RIFF0000WAVE", "audio/wav",
                "")), false);
        Part second = result("2", "x");
        var talk = talk(user("a"), model(call("1", "f"), call("2", "g")), user(pictures, second));
        JsonArray v3 = body(talk, V3).getJsonArray("contents").getJsonObject(2).getJsonArray("parts");
        assertThat(v3.getJsonObject(0).getJsonObject("functionResponse").getJsonArray("parts")).hasSize(1);
        assertThat(v3.getValuesAs(JsonObject.class)).extracting(part -> part.keySet().iterator().next())
                .containsExactly("functionResponse", "functionResponse", "inlineData");
        JsonArray v25 = body(talk, V25).getJsonArray("contents").getJsonObject(2).getJsonArray("parts");
        assertThat(v25.getValuesAs(JsonObject.class)).extracting(part -> part.keySet().iterator().next())
                .containsExactly("functionResponse", "functionResponse", "inlineData", "inlineData");
        assertThat(v25.getJsonObject(0).getJsonObject("functionResponse")).doesNotContainKey("parts");
    }

    @Test
    void defect16ReferencesInResultsAreData() {
        assertThat(output("{\"$ref\":\"#/definitions/x\",\"title\":\"t\"}"))
                .isEqualTo(json("{'output':{'$ref':'#/definitions/x','title':'t'}}"));
    }

    @Test
    void jsonResultsAreJsonWhereThatLosesNothing() {
        assertThat(output(" [1, 2.5, {\"a\": null}] ")).isEqualTo(json("{'output':[1,2.5,{'a':null}]}"));
        assertThat(output("42")).isEqualTo(json("{'output':42}"));
        assertThat(output("{\"error\":\"x\"}")).isEqualTo(json("{'output':{'error':'x'}}"));
        assertThat(output("sunny")).isEqualTo(json("{'output':'sunny'}"));
        assertThat(output("")).isEqualTo(json("{'output':''}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.10", "1e2", "007", "12345678901234567890", "{\"id\":12345678901234567890}", "{\"a\":1}\n{\"b\":2}",
        "[1] and more",
        "{\"a\":1,\"a\":2}", "true", "null", "{\"a\":1e999}", "-", "{", "\"quoted\""})
    void otherResultsStayTheTextThatTheyAre(String text) {
        assertThat(output(text)).isEqualTo(Json.objectBuilder().add("output", text).build());
    }

    @Test
    void veryDeepResultsStayText() {
        String deep = "[".repeat(90) + "]".repeat(90);
        assertThat(output(deep)).isEqualTo(Json.objectBuilder().add("output", deep).build());
        String abyss = "[".repeat(5000) + "]".repeat(5000);
        assertThat(output(abyss)).isEqualTo(Json.objectBuilder().add("output", abyss).build());
    }

    @Test
    void failuresAreErrors() {
        Part failed = new Part.ToolResult("1", "f", List.of(text("{\"a\":1}"), text("boom")), true);
        JsonObject body = body(talk(user("a"), model(call("1", "f")), user(failed)), V20);
        assertThat(body.getValue("/contents/2/parts/0/functionResponse"))
                .isEqualTo(Json.objectBuilder().add("id", "1").add("name", "f").add("response", Json.objectBuilder().add("error",
                        "{\"a\":1}\nboom")).build());
    }
}
