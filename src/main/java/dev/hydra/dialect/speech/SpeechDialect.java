package dev.hydra.dialect.speech;

import dev.hydra.Component;
import dev.hydra.dialect.Ask;
import dev.hydra.dialect.BodyScan;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.Field;
import dev.hydra.dialect.OpenAiDialect;
import dev.hydra.settings.Settings;
import jakarta.inject.Inject;
import java.util.List;

/** OpenAI's {@code POST /v1/audio/speech}: a text is spoken (spec mapping §7.3). */
@Component
public final class SpeechDialect extends OpenAiDialect {
    /** With the default limit of nesting. */
    public SpeechDialect() {
        super(new BodyScan());
    }

    /** With the limit of nesting of {@code HYDRA_LIMIT_DEPTH}. */
    @Inject
    public SpeechDialect(Settings settings) {
        super(new BodyScan(settings));
    }

    @Override
    public String id() {
        return "speech";
    }

    @Override
    public Ask peek(byte[] body) {
        Ask ask = scan.peek(body);
        Field form = Field.root(BodyScan.object(body)).get("stream_format");
        return switch (form.textOr("audio")) {
            case "audio" -> new Ask(ask.model(), false, ask.affinities());
            case "sse" -> new Ask(ask.model(), true, ask.affinities());
            default -> throw form.unknown(List.of("audio", "sse"));
        };
    }

    @Override
    public ClientRequest read(byte[] body) {
        return SpeechRequest.read(Field.root(BodyScan.object(body)));
    }
}
