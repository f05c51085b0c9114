package dev.hydra.dialect.messages;

import dev.hydra.conversation.Tool;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;

/**
 * Tools whose schema only Anthropic's models know, while the client runs them: bash, text editor, memory, computer. Every other model needs
 * their schema spelled out; it stands in {@code client-tools.json} by the beginning of the dated type.
 */
final class ClientTools {
    private static final JsonObject BY_TYPE = read();

    private ClientTools() {
    }

    /** The function that stands for such a tool; empty when the type is none. @param name the client's; empty = the usual one */
    static Optional<Tool> of(String type, String name) {
        int end = type.lastIndexOf('_');
        if (end < 0 || !(BY_TYPE.get(type.substring(0, end)) instanceof JsonObject known)) {
            return Optional.empty();
        }
        return Optional.of(new Tool.Function(name.isEmpty() ? known.getString("name") : name, known.getString("description"),
                known.getJsonObject("input_schema"), false));
    }

    private static JsonObject read() {
        try (InputStream data = ClientTools.class.getResourceAsStream("client-tools.json")) {
            return Json.object(Objects.requireNonNull(data).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
