package dev.hydra.dialect;

import dev.hydra.settings.Settings;
import dev.hydra.wire.Json;
import dev.hydra.wire.JsonScan;
import dev.hydra.wire.MalformedJson;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.util.List;

/**
 * The first look at a request's body, the same for every dialect that names {@code model} and {@code stream} in it: one scan without a tree, which refuses
 * what no reader should see.
 */
public final class BodyScan {
    /** The default of {@code HYDRA_LIMIT_DEPTH}: deeper than any schema that was seen, harmless to a reader of trees. */
    private static final int USUAL_DEPTH = 128;

    private final JsonScan scan;

    /** With the default limit of nesting. */
    public BodyScan() {
        this(USUAL_DEPTH);
    }

    /** With the limit of nesting of {@code HYDRA_LIMIT_DEPTH}. */
    public BodyScan(Settings settings) {
        this(settings.limits().depth());
    }

    private BodyScan(int depth) {
        scan = new JsonScan(depth, List.of("model", "stream"),
                List.of("files/", "cachedContents/", "https://generativelanguage.googleapis.com/"));
    }

    /**
     * Finds the model, whether a stream is wanted, and the provider's objects that the body names.
     *
     * @throws InvalidRequest when the body is not acceptable JSON, names no model, or {@code stream} is no boolean
     */
    public Ask peek(byte[] body) {
        JsonScan.Found found = found(body);
        String model = found.string("model").orElseThrow(() -> new InvalidRequest("model", "'model' is required and must be a string."));
        if (model.isBlank()) {
            throw new InvalidRequest("model", "'model' must not be empty.");
        }
        boolean streamed = switch (found.kind("stream").orElse(JsonScan.Kind.NULL)) {
            case TRUE -> true;
            case FALSE, NULL -> false;
            case OBJECT, ARRAY, STRING, NUMBER -> throw new InvalidRequest("stream", "'stream' must be a boolean.");
        };
        return new Ask(model, streamed, affinities(found));
    }

    /**
     * Finds the provider's objects that a body names, for a format that says model and stream elsewhere.
     *
     * @throws InvalidRequest when the body is not acceptable JSON
     */
    public List<String> affinities(byte[] body) {
        return affinities(found(body));
    }

    private JsonScan.Found found(byte[] body) {
        try {
            return scan.scan(body);
        } catch (MalformedJson broken) {
            throw new InvalidRequest("", "The body is not acceptable JSON: " + broken.getMessage() + ".");
        }
    }

    private static List<String> affinities(JsonScan.Found found) {
        return found.matches().stream().map(BodyScan::affinity).filter(name -> !name.isEmpty()).distinct().toList();
    }

    /** The tree of a body that has passed {@link #peek}. @throws InvalidRequest when it is no object */
    public static JsonObject object(byte[] body) {
        try {
            return Json.object(body);
        } catch (JsonException broken) {
            throw new InvalidRequest("", "The body cannot be read as a JSON object.");
        }
    }

    /** {@code files/abc} of a name or address; empty when the string only begins like one. */
    private static String affinity(String match) {
        int files = match.indexOf("/files/");
        String name = files < 0 ? match : match.substring(files + 1);
        int slash = name.indexOf('/');
        boolean plain = slash > 0 && slash + 1 < name.length() && name.chars().skip(slash + 1).allMatch(BodyScan::isNameCharacter);
        return plain ? name : "";
    }

    private static boolean isNameCharacter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-';
    }
}
