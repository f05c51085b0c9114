package dev.hydra.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.dialect.chat.ChatDialect;
import dev.hydra.dialect.completions.CompletionsDialect;
import dev.hydra.dialect.images.ImagesDialect;
import dev.hydra.dialect.responses.ResponsesDialect;
import dev.hydra.dialect.speech.SpeechDialect;
import dev.hydra.dialect.transcriptions.TranscriptionsDialect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenAiDialectTest {
    private static final List<ClientDialect> ALL = List.of(new ChatDialect(), new ResponsesDialect(), new CompletionsDialect(),
            new SpeechDialect(), new ImagesDialect(), new ImagesDialect().edits(null), new TranscriptionsDialect().of(null, false));

    @Test
    void aCommentKeepsEveryStreamAlive() {
        assertThat(ALL).allSatisfy(dialect -> assertThat(dialect.keepAlive().map(bytes -> new String(bytes, StandardCharsets.US_ASCII)))
                .contains(": keep-alive\n\n"));
    }

    @Test
    void everyErrorIsOneDocument() {
        Failure failure = Failure.of(Failure.Kind.OVERLOADED, "Too much at once.");

        assertThat(ALL).allSatisfy(dialect -> assertThat(dialect.error(failure, "req_1")).isEqualTo(OpenAiError.document(failure)));
    }
}
