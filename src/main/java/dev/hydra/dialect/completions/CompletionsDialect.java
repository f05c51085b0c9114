package dev.hydra.dialect.completions;

import dev.hydra.Component;
import dev.hydra.dialect.BodyScan;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.Field;
import dev.hydra.dialect.OpenAiDialect;
import dev.hydra.settings.Settings;
import dev.hydra.wire.Json;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;

/** OpenAI's legacy {@code POST /v1/completions}: a text is gone on with. */
@Component
public final class CompletionsDialect extends OpenAiDialect {
    /** Each is a call of its own. */
    static final int MOST_PROMPTS = 100;

    /** With the default limit of nesting. */
    public CompletionsDialect() {
        super(new BodyScan());
    }

    /** With the limit of nesting of {@code HYDRA_LIMIT_DEPTH}. */
    @Inject
    public CompletionsDialect(Settings settings) {
        super(new BodyScan(settings));
    }

    /**
     * The requests of one prompt each that a request of several prompts stands for.
     *
     * @return empty for a request of one prompt, and for all that {@link #read} refuses
     */
    public static List<byte[]> each(byte[] body) {
        JsonObject request = BodyScan.object(body);
        boolean several = request.get("prompt") instanceof JsonArray prompts && prompts.size() > 1 && prompts.size() <= MOST_PROMPTS
                && prompts.stream().allMatch(JsonString.class::isInstance) && request.get("stream") != JsonValue.TRUE;
        return !several ? List.of() : request.getJsonArray("prompt").stream()
                .map(prompt -> Json.bytes(Json.objectBuilder(request).add("prompt", prompt).build())).toList();
    }

    @Override
    public String id() {
        return "completions";
    }

    @Override
    public ClientRequest read(byte[] body) {
        return CompletionRequest.read(Field.root(BodyScan.object(body)));
    }
}
