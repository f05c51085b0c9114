package dev.hydra.dialect.speech;

import static dev.hydra.dialect.Written.made;
import static dev.hydra.dialect.Written.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydra.conversation.FinishReason;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.ReplyEvent;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.dialect.NoAnswer;
import dev.hydra.dialect.Written;
import dev.hydra.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpeechTest {
    private static final ReplyEvent ONE = made("audio/L16;codec=pcm;rate=24000", base64("ab"));
    private static final ReplyEvent TWO = made("audio/L16;codec=pcm;rate=24000", base64("cd"));

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static ClientRequest request(String fields) {
        return Written.request(new SpeechDialect(),
                "{'model':'gemini-2.5-flash-preview-tts','input':'Hello','voice':'alloy'" + fields + "}");
    }

    @Test
    void aTextAndAVoiceBecomeAConversationThatWantsSound() {
        ClientRequest request = request(",'response_format':'wav'");

        assertThat(Written.parts(request)).containsExactly(new Part.Text("Hello"));
        assertThat(request.conversation().options().modalities()).containsExactly("audio");
        assertThat(request.conversation().options().voice()).isEqualTo("alloy");
        assertThat(request.ignored()).isEmpty();
    }

    @Test
    void instructionsStandBeforeTheText() {
        assertThat(Written.parts(request(",'instructions':'Say cheerfully'"))).containsExactly(new Part.Text("Say cheerfully: Hello"));
    }

    @Test
    void piecesBecomeOneWavFile() {
        ClientRequest request = request(",'response_format':'wav'");

        byte[] file = Written.whole(request, ONE, TWO, Written.end(FinishReason.STOP), Written.USAGE);

        assertThat(request.wholeType()).isEqualTo("audio/wav");
        assertThat(new String(file, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("RIFF");
        assertThat(new String(file, 44, file.length - 44, StandardCharsets.US_ASCII)).isEqualTo("abcd");
    }

    @Test
    void bareSamplesStayBare() {
        ClientRequest request = request(",'response_format':'pcm'");

        assertThat(request.wholeType()).isEqualTo("audio/pcm");
        assertThat(Written.whole(request, ONE, TWO, Written.end(FinishReason.STOP))).asString(StandardCharsets.US_ASCII).isEqualTo("abcd");
    }

    @Test
    void whoNamesNoFormatGetsWavAndIsToldThatTheDefaultWasNotMet() {
        assertThat(request("").wholeType()).isEqualTo("audio/wav");
        assertThat(request("").ignored()).containsExactly("response_format");
    }

    @Test
    void eventsCarryThePiecesAsTheyComeAndTheCount() {
        ClientRequest request = request(",'stream_format':'sse','response_format':'pcm'");

        List<String> events = Written.stream(request, ONE, TWO, Written.end(FinishReason.STOP), Written.USAGE);

        assertThat(events).hasSize(3);
        assertThat(Json.object(events.get(0)))
                .isEqualTo(Json.object("{\"type\":\"speech.audio.delta\",\"audio\":\"" + base64("ab") + "\"}"));
        assertThat(Json.object(events.get(2)).getString("type")).isEqualTo("speech.audio.done");
        assertThat(Json.object(events.get(2)).getJsonObject("usage").getInt("total_tokens")).isEqualTo(30);
        assertThat(new SpeechDialect().peek(Written.body("{'model':'m','stream_format':'sse'}")).streamed()).isTrue();
    }

    @Test
    void aTextInsteadOfASoundIsNoAnswer() {
        ClientRequest request = request("");

        assertThatThrownBy(() -> Written.whole(request, text("I cannot say that."), Written.end(FinishReason.STOP)))
                .isInstanceOf(NoAnswer.class).hasMessage("I cannot say that.");
        assertThat(Written.stream(request, text("I cannot say that."), Written.end(FinishReason.STOP))).singleElement().asString()
                .contains("content_policy_violation");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'response_format':'mp3' | response_format | wav, pcm", "'voice':5 | voice | a string",
        "'input':' ' | input | empty", "'stream_format':'x' | stream_format | audio, sse", "'speed':'fast' | speed | a number",
        "'stream_format':'sse','response_format':'wav' | response_format | pcm"})
    void whatCannotBeDoneIsRefusedByName(String fields, String field, String allowed) {
        String json = "{'model':'m','input':'Hello','voice':'alloy'," + fields + "}";
        String last = json.replace("'input':'Hello',", fields.contains("input") ? "" : "'input':'Hello',").replace("'voice':'alloy',",
                fields.contains("'voice'") ? "" : "'voice':'alloy',");

        assertThatThrownBy(() -> Written.request(new SpeechDialect(), last)).isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("'" + field + "'").hasMessageContaining(allowed);
    }
}
