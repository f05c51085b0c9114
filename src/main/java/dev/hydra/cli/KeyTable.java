package dev.hydra.cli;

import dev.hydra.keys.KeyEntry;
import dev.hydra.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Keys as people and programs read them. */
final class KeyTable {
    private KeyTable() {
    }

    static List<String> lines(List<KeyEntry> keys) {
        Table table = new Table("ID", "ENDS", "E-MAIL", "PROJECT", "TIER", "STATE", "MODELS", "SOURCE", "REASON");
        keys.forEach(key -> table.row(key.id(), dash(key.hint()), dash(key.email()),
                dash(key.project().isEmpty() ? key.bucket() : key.project()), key.tier(),
                state(key), key.models() == 0 ? "?" : Integer.toString(key.models()), key.source(), key.reason()));
        return table.lines();
    }

    private static String state(KeyEntry key) {
        return key.until().isPresent() ? key.status() + " until " + Moments.show(key.until(), "") : key.status();
    }

    private static String dash(String text) {
        return text.isEmpty() ? "-" : text;
    }

    static String json(List<KeyEntry> keys) {
        var array = Json.arrayBuilder();
        for (KeyEntry key : keys) {
            var json = Json.objectBuilder().add("id", key.id()).add("hint", key.hint()).add("email", key.email())
                    .add("project", key.project())
                    .add("tier", key.tier()).add("status", key.status()).add("reason", key.reason()).add("models", key.models())
                    .add("source", key.source());
            key.until().ifPresent(moment -> json.add("until", moment.toString()));
            key.checked().ifPresent(moment -> json.add("checked", moment.toString()));
            array.add(json);
        }
        return Json.objectBuilder().add("keys", array).build().toString();
    }

    /** How many keys are in each state, and all together. */
    static Map<String, Integer> counts(List<KeyEntry> keys) {
        Map<String, Integer> counts = new TreeMap<>(Map.of("all", keys.size()));
        keys.forEach(key -> counts.merge(key.status(), 1, Integer::sum));
        return counts;
    }

    /** For example {@code 3 (2 active, 1 disabled)}. */
    static String summary(List<KeyEntry> keys) {
        return keys.size() + counts(keys).entrySet().stream().filter(entry -> !entry.getKey().equals("all"))
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", ", " (", ")"));
    }
}
