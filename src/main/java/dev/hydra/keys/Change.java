package dev.hydra.keys;

import dev.hydra.wire.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a node has learned that the others must know: rests, how a key is doing, sizes of quotas. Holds no secrets.
 *
 * @param project that the rests concern, or whose key it is
 * @param notes   rests that have begun or ended
 * @param key     whose health is told; empty = nobody's
 * @param group   quota whose size is told; empty = none
 */
record Change(String project, List<Note> notes, String key, Health health, String group, Limit told) {
    private static final Change NONE = new Change("", List.of(), "", Health.GOOD, "", Limit.NONE);

    static Change none() {
        return NONE;
    }

    static Change of(String project, List<Note> notes) {
        return new Change(project, notes, "", Health.GOOD, "", Limit.NONE);
    }

    /** A key is doing so from now on. */
    static Change of(String project, String key, Health health, List<Note> more, long now) {
        List<Note> notes = new ArrayList<>(more);
        notes.add(health.pause().filter(pause -> pause.until().toEpochMilli() > now).map(pause -> Note.of(Note.pause(key), pause, now))
                .orElse(Note.none(Note.pause(key))));
        return new Change(project, notes, key, health, "", Limit.NONE);
    }

    Change with(String newGroup, Limit newTold) {
        return newTold.equals(Limit.NONE) ? this : new Change(project, notes, key, health, newGroup, newTold);
    }

    boolean isNone() {
        return notes.isEmpty() && key.isEmpty() && group.isEmpty();
    }

    /** The message to other nodes. */
    String message(String node) {
        JsonArrayBuilder rests = Json.arrayBuilder();
        notes.forEach(note -> rests.add(Json.arrayBuilder().add(note.field()).add(note.left()).add(note.kind()).add(note.reason())));
        JsonObjectBuilder message = Json.objectBuilder().add("kind", "change").add("node", node).add("project", project).add("rests",
                rests);
        if (!key.isEmpty()) {
            message.add("key", key).add("failures", health.failures()).add("pauses", health.pauses()).add("suspicions",
                    health.suspicions());
        }
        if (!group.isEmpty()) {
            message.add("group", group).add("rpm", told.rpm()).add("tpm", told.tpm()).add("rpd", told.rpd());
        }
        return message.build().toString();
    }

    /** What a message says. @param now by this node's clock */
    static Change of(JsonObject message, long now) {
        List<Note> notes = new ArrayList<>();
        Rest pause = null;
        for (JsonValue entry : message.getJsonArray("rests")) {
            List<JsonValue> parts = entry.asJsonArray();
            Note note = new Note(text(parts.get(0)), Long.parseLong(parts.get(1).toString()), text(parts.get(2)), text(parts.get(3)));
            if (!note.isPause()) {
                notes.add(note);
            } else if (note.left() > 0) {
                pause = note.rest(now);
            }
        }
        return new Change(message.getString("project"), notes, message.getString("key", ""), health(message, pause),
                message.getString("group", ""), told(message));
    }

    private static Health health(JsonObject message, @Nullable Rest pause) {
        return new Health(message.getInt("failures", 0), message.getInt("pauses", 0), message.getInt("suspicions", 0),
                Optional.ofNullable(pause));
    }

    private static Limit told(JsonObject message) {
        return message.containsKey("group") ? new Limit(number(message, "rpm"), number(message, "tpm"), number(message, "rpd"))
                : Limit.NONE;
    }

    private static long number(JsonObject message, String name) {
        return message.getJsonNumber(name).longValueExact();
    }

    private static String text(JsonValue value) {
        return ((JsonString) value).getString();
    }
}
