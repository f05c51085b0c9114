package dev.hydra.dialect.chat;

import dev.hydra.dialect.Ask;
import dev.hydra.dialect.ClientDialect;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.Field;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.wire.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** OpenAI Chat Completions as clients speak it. */
public final class ChatDialect implements ClientDialect {
    private static final byte[] KEEP_ALIVE = ": keep-alive\n\n".getBytes(StandardCharsets.US_ASCII);

    @Override
    public String id() {
        return "chat";
    }

    @Override
    public Ask peek(byte[] body) {
        Field root = Field.root(object(body));
        Field model = root.get("model");
        if (model.text().isEmpty()) {
            throw model.invalid("must not be empty");
        }
        return new Ask(model.text(), root.get("stream").booleanOr(false), List.of());
    }

    @Override
    public ClientRequest read(byte[] body) {
        return new ChatRequestReader(object(body)).read();
    }

    private static JsonObject object(byte[] body) {
        try {
            return Json.object(body);
        } catch (JsonException broken) {
            throw new InvalidRequest("", "The body cannot be read as a JSON object.");
        }
    }

    @Override
    public byte[] error(Failure failure, String requestId) {
        return ChatError.document(failure);
    }

    @Override
    public Optional<byte[]> keepAlive() {
        return Optional.of(KEEP_ALIVE.clone());
    }
}
