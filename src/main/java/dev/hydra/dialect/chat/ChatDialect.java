package dev.hydra.dialect.chat;

import dev.hydra.Component;
import dev.hydra.dialect.Ask;
import dev.hydra.dialect.ClientDialect;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.settings.Settings;
import dev.hydra.wire.Json;
import dev.hydra.wire.JsonScan;
import dev.hydra.wire.MalformedJson;
import jakarta.inject.Inject;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** OpenAI Chat Completions as clients speak it. */
@Component
public final class ChatDialect implements ClientDialect {
    /** The default of {@code HYDRA_LIMIT_DEPTH}: deeper than any schema that was seen, harmless to a reader of trees. */
    private static final int USUAL_DEPTH = 128;
    private static final byte[] KEEP_ALIVE = ": keep-alive\n\n".getBytes(StandardCharsets.US_ASCII);

    private final JsonScan scan;

    /** With the default limit of nesting. */
    public ChatDialect() {
        this(USUAL_DEPTH);
    }

    /** With the limit of nesting of {@code HYDRA_LIMIT_DEPTH}. */
    @Inject
    public ChatDialect(Settings settings) {
        this(settings.limits().depth());
    }

    private ChatDialect(int depth) {
        scan = new JsonScan(depth, List.of("model", "stream"),
                List.of("files/", "cachedContents/", "https://generativelanguage.googleapis.com/"));
    }

    @Override
    public String id() {
        return "chat";
    }

    @Override
    public Ask peek(byte[] body) {
        JsonScan.Found found;
        try {
            found = scan.scan(body);
        } catch (MalformedJson broken) {
            throw new InvalidRequest("", "The body is not acceptable JSON: " + broken.getMessage() + ".");
        }
        String model = found.string("model").orElseThrow(() -> new InvalidRequest("model", "'model' is required and must be a string."));
        if (model.isBlank()) {
            throw new InvalidRequest("model", "'model' must not be empty.");
        }
        boolean streamed = switch (found.kind("stream").orElse(JsonScan.Kind.NULL)) {
            case TRUE -> true;
            case FALSE, NULL -> false;
            case OBJECT, ARRAY, STRING, NUMBER -> throw new InvalidRequest("stream", "'stream' must be a boolean.");
        };
        List<String> names = found.matches().stream().map(ChatDialect::affinity).filter(name -> !name.isEmpty()).distinct().toList();
        return new Ask(model, streamed, names);
    }

    /** {@code files/abc} of a name or address; empty when the string only begins like one. */
    private static String affinity(String match) {
        int files = match.indexOf("/files/");
        String name = files < 0 ? match : match.substring(files + 1);
        int slash = name.indexOf('/');
        boolean plain = slash > 0 && slash + 1 < name.length() && name.chars().skip(slash + 1).allMatch(ChatDialect::isNameCharacter);
        return plain ? name : "";
    }

    private static boolean isNameCharacter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-';
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
