package dev.hydra.dialect.transcriptions;

import static dev.hydra.dialect.Written.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydra.conversation.FinishReason;
import dev.hydra.conversation.Format;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.ReplyEvent;
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

class TranscriptionsTest {
    private static final String TYPE = "multipart/form-data; boundary=b";
    private static final String SEGMENTS = "{\"language\":\"English\",\"segments\":[{\"start\":0,\"end\":1.5,\"text\":\" Hello. \"},"
            + "{\"start\":3661.25,\"end\":3662,\"text\":\"Bye.\"}]}";
    private static final ReplyEvent END = Written.end(FinishReason.STOP);

    private static byte[] form(String... fields) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            form.append("--b\r\nContent-Disposition: form-data; name=\"").append(fields[i]).append("\"\r\n\r\n").append(fields[i + 1])
                    .append("\r\n");
        }
        form.append("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"talk.mp3\"\r\n\r\nID3\r\n--b--\r\n");
        return form.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static ClientRequest request(boolean english, String... fields) {
        ClientDialect dialect = new TranscriptionsDialect().of(TYPE, english);
        byte[] body = form(fields);
        dialect.peek(body);
        return dialect.read(body);
    }

    @Test
    void theRecordingAndTheTaskAreOneTurn() {
        ClientRequest request = request(false, "model", "gemini-2.5-flash", "language", "de", "prompt", "Hydra, Ulm", "temperature", "0.2");

        Part.Media sound = (Part.Media) Written.parts(request).get(0);
        assertThat(sound.mimeType()).isEqualTo("audio/mp3");
        assertThat(sound.source()).isEqualTo(new Part.Source.Inline("SUQz"));
        assertThat(((Part.Text) Written.parts(request).get(1)).text()).contains("verbatim", "code de", "Hydra, Ulm");
        assertThat(request.conversation().options().sampling().temperature()).hasValue(0.2);
        assertThat(((Part.Text) Written.parts(request(true, "model", "m")).get(1)).text()).contains("into English");
    }

    @Test
    void textsComeAsJsonOrPlain() {
        ClientRequest json = request(false, "model", "m");
        assertThat(Written.json(json, text(" Hello"), text(" there.\n"), END, Written.USAGE).getString("text")).isEqualTo("Hello there.");
        assertThat(Written.json(json, text("x"), END, Written.USAGE).getJsonObject("usage").getJsonObject("input_token_details")
                .getInt("audio_tokens")).isEqualTo(3);

        ClientRequest plain = request(false, "model", "m", "response_format", "text");
        assertThat(plain.wholeType()).startsWith("text/plain");
        assertThat(Written.whole(plain, text("Hello"), END)).asString(StandardCharsets.UTF_8).isEqualTo("Hello\n");
    }

    @Test
    void timedFormsAskForSegments() {
        ClientRequest srt = request(false, "model", "m", "response_format", "srt");
        assertThat(srt.conversation().options().format()).isInstanceOf(Format.Schema.class);
        assertThat(Written.whole(srt, text(SEGMENTS), END)).asString(StandardCharsets.UTF_8)
                .isEqualTo("1\n00:00:00,000 --> 00:00:01,500\nHello.\n\n2\n01:01:01,250 --> 01:01:02,000\nBye.\n\n");

        ClientRequest vtt = request(false, "model", "m", "response_format", "vtt");
        assertThat(Written.whole(vtt, text(SEGMENTS), END)).asString(StandardCharsets.UTF_8)
                .startsWith("WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nHello.\n\n");

        JsonObject verbose = Written.json(request(true, "model", "m", "response_format", "verbose_json"), text(SEGMENTS), END);
        assertThat(verbose.getString("task")).isEqualTo("translate");
        assertThat(verbose.getString("language")).isEqualTo("english");
        assertThat(verbose.getString("text")).isEqualTo("Hello. Bye.");
        assertThat(verbose.getJsonArray("segments")).hasSize(2);
    }

    @Test
    void segmentsThatAreNoneAreNoAnswer() {
        ClientRequest srt = request(false, "model", "m", "response_format", "srt");
        for (String wrong : List.of("Hello", "{}", "{\"segments\":[5]}", "{\"segments\":[{\"start\":1}]}")) {
            assertThatThrownBy(() -> Written.whole(srt, text(wrong), END)).isInstanceOf(NoAnswer.class);
        }
    }

    @Test
    void aStreamHasDeltasAndTheWholeText() {
        List<String> events = Written.stream(request(false, "model", "m", "stream", "true"), text("Hel"), text("lo"), END, Written.USAGE);

        assertThat(events).extracting(event -> Json.object(event).getString("type")).containsExactly("transcript.text.delta",
                "transcript.text.delta", "transcript.text.done");
        assertThat(Json.object(events.get(2)).getString("text")).isEqualTo("Hello");
    }

    @Test
    void whatCannotBeDoneIsRefusedByName() {
        assertThatThrownBy(() -> request(false, "model", "m", "response_format", "docx")).isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("'response_format'").hasMessageContaining("json, text, srt, verbose_json, vtt");
        assertThatThrownBy(() -> request(false, "model", "m", "response_format", "srt", "stream", "true"))
                .isInstanceOf(InvalidRequest.class).hasMessageContaining("stream");
        assertThatThrownBy(() -> request(false, "model", "m", "temperature", "warm")).isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("'temperature'").hasMessageContaining("warm");
        assertThatThrownBy(() -> request(false, "language", "de")).isInstanceOf(InvalidRequest.class).hasMessageContaining("'model'");
        assertThatThrownBy(() -> Written.request(new TranscriptionsDialect().of("application/json", false), "{'model':'m','file':'x'}"))
                .isInstanceOf(InvalidRequest.class).hasMessageContaining("'file'");
    }
}
