package dev.hydra.dialect;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects the fields of one request that were understood but cannot be carried (spec mapping §10). */
public final class Ignored {
    /** Names come from the client and end in a header and an audit row: a few, short ones tell enough. */
    private static final int MOST = 50;
    private static final int LONGEST = 80;

    private final Set<String> paths = new LinkedHashSet<>();

    /** Notes the path, once. */
    public void add(String path) {
        if (paths.size() < MOST) {
            paths.add(path.length() <= LONGEST ? path : path.substring(0, LONGEST) + "…");
        }
    }

    /** Notes the path when the value says anything: {@code false}, null, {@code ""}, {@code {}} and {@code []} ask for nothing. */
    public void addIfSaid(String path, JsonValue value) {
        boolean said = switch (value) {
            case JsonObject object -> !object.isEmpty();
            case JsonArray array -> !array.isEmpty();
            case JsonString string -> !string.getString().isEmpty();
            default -> value != JsonValue.NULL && value != JsonValue.FALSE;
        };
        if (said) {
            add(path);
        }
    }

    /** What was noted, in order. */
    public List<String> paths() {
        return List.copyOf(paths);
    }
}
