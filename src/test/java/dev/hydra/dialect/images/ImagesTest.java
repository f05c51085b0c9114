package dev.hydra.dialect.images;

import static dev.hydra.dialect.Written.made;
import static dev.hydra.dialect.Written.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydra.conversation.FinishReason;
import dev.hydra.conversation.Part;
import dev.hydra.dialect.ClientDialect;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.dialect.NoAnswer;
import dev.hydra.dialect.Written;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagesTest {
    private static final String MODEL = "gemini-3-pro-image-preview";

    private static ClientRequest request(String fields) {
        return Written.request(new ImagesDialect(), "{'model':'" + MODEL + "','prompt':'A boat'" + fields + "}");
    }

    private static JsonObject config(ClientRequest request) {
        return request.conversation().options().google().getJsonObject("generationConfig").getJsonObject("imageConfig");
    }

    @ParameterizedTest
    @CsvSource({"1024x1024,1:1", "1536x1024,3:2", "1024x1536,2:3", "1792x1024,16:9", "1024x1792,9:16", "800x600,4:3", "21:9,21:9"})
    void theNearestShapeIsAskedFor(String size, String ratio) {
        assertThat(config(request(",'size':'" + size + "'")).getString("aspectRatio")).isEqualTo(ratio);
    }

    @Test
    void qualityIsAResolutionWhereTheModelHasSeveral() {
        assertThat(config(request(",'quality':'hd'")).getString("imageSize")).isEqualTo("2K");

        ClientRequest old = Written.request(new ImagesDialect(), "{'model':'gemini-2.5-flash-image','prompt':'x','quality':'high'}");
        assertThat(old.ignored()).containsExactly("quality");
        assertThat(old.conversation().options().google()).isEmpty();
    }

    @Test
    void theAnswerIsAListOfPictures() {
        JsonObject answer = Written.json(request(",'size':'auto'"), text("A small boat."), made("image/png", "QUJD"),
                Written.end(FinishReason.STOP), Written.USAGE);

        assertThat(answer.getJsonArray("data").getJsonObject(0))
                .isEqualTo(Json.object("{\"b64_json\":\"QUJD\",\"revised_prompt\":\"A small boat.\"}"));
        assertThat(answer.getString("output_format")).isEqualTo("png");
        assertThat(answer.getJsonObject("usage").getInt("output_tokens")).isEqualTo(20);
    }

    @Test
    void aUrlIsADataUrl() {
        JsonObject answer = Written.json(request(",'response_format':'url'"), made("image/jpeg", "QUJD"), Written.end(FinishReason.STOP));

        assertThat(answer.getJsonArray("data").getJsonObject(0).getString("url")).isEqualTo("data:image/jpeg;base64,QUJD");
    }

    @Test
    void aStreamHasOneEventWithTheFinishedPicture() {
        List<String> events = Written.stream(request(",'stream':true,'partial_images':2"), made("image/png", "QUJD"),
                Written.end(FinishReason.STOP), Written.USAGE);

        assertThat(events).singleElement().satisfies(event -> {
            assertThat(Json.object(event).getString("type")).isEqualTo("image_generation.completed");
            assertThat(Json.object(event).getString("b64_json")).isEqualTo("QUJD");
        });
    }

    @Test
    void aModelThatOnlyTalksHasNotAnswered() {
        assertThatThrownBy(() -> Written.whole(request(""), text("I will not draw this."), Written.end(FinishReason.FILTERED)))
                .isInstanceOf(NoAnswer.class).hasMessage("I will not draw this.");
    }

    @Test
    void formsAndJsonNameThePicturesToChange() {
        String form = """
                --b
                Content-Disposition: form-data; name="model"

                gemini-3-pro-image-preview
                --b
                Content-Disposition: form-data; name="image[]"; filename="a.png"
                Content-Type: image/png

                AB
                --b
                Content-Disposition: form-data; name="mask"; filename="m.png"
                Content-Type: image/png

                CD
                --b
                Content-Disposition: form-data; name="n"

                2
                --b
                Content-Disposition: form-data; name="prompt"

                Paint it blue.
                --b--
                """.replace("\n", "\r\n");
        byte[] body = form.getBytes(StandardCharsets.UTF_8);
        ClientDialect dialect = new ImagesDialect().edits("multipart/form-data; boundary=b");

        assertThat(dialect.peek(body).model()).isEqualTo(MODEL);
        ClientRequest read = dialect.read(body);

        assertThat(ImagesDialect.copies(read)).isEqualTo(2);
        List<Part> parts = Written.parts(read);
        assertThat(parts).hasSize(3);
        assertThat(((Part.Media) parts.get(0)).source()).isEqualTo(new Part.Source.Inline("QUI="));
        assertThat(((Part.Text) parts.get(2)).text()).startsWith("Paint it blue.").contains("mask");

        ClientRequest json = Written.request(new ImagesDialect().edits("application/json"),
                "{'model':'m','prompt':'x','images':[{'image_url':'https://example.org/a.png'},'data:image/png;base64,QUJD']}");
        assertThat(Written.parts(json)).hasSize(3);
        assertThat(((Part.Media) Written.parts(json).get(0)).source()).isEqualTo(new Part.Source.Link("https://example.org/a.png"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'size':'big' | size | 1024x1024", "'size':'0x5' | size | 1024x1024", "'n':11 | n | 1 to 10",
        "'n':1.5 | n | 1 to 10", "'n':2,'stream':true | n | in a stream", "'response_format':'png' | response_format | b64_json, url",
        "'quality':'best' | quality | auto"})
    void whatCannotBeDoneIsRefusedByName(String fields, String field, String allowed) {
        assertThatThrownBy(() -> request("," + fields)).isInstanceOf(InvalidRequest.class).hasMessageContaining("'" + field + "'")
                .hasMessageContaining(allowed);
    }

    @Test
    void editsNeedAPicture() {
        assertThatThrownBy(() -> Written.request(new ImagesDialect().edits(null), "{'model':'m','prompt':'x'}"))
                .isInstanceOf(InvalidRequest.class).hasMessageContaining("'image'");
    }
}
