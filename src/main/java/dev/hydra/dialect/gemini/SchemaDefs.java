package dev.hydra.dialect.gemini;

import dev.hydra.wire.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** The {@code $defs} of a converted schema: every reference points here, each target is converted once. */
final class SchemaDefs {
    private static final String PREFIX = "#/$defs/";

    private final SchemaRoot root;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();
    private final Deque<String> waiting = new ArrayDeque<>();

    SchemaDefs(SchemaRoot root) {
        this.root = root;
    }

    /** The reference as the converted schema writes it; a schema without demands when it leads nowhere. */
    JsonObject reference(String ref) {
        if (!names.containsKey(ref)) {
            if (root.resolve(ref).isEmpty()) {
                return Json.objectBuilder().add("description", "as in " + ref).build();
            }
            names.put(ref, unique(ref));
            waiting.add(ref);
        }
        return Json.objectBuilder().add("$ref", PREFIX + names.get(ref)).build();
    }

    /** @param convert converts a target, given with the reference that names it; may ask for further references */
    JsonObject attach(JsonObject converted, BiFunction<JsonObject, String, JsonObject> convert) {
        if (waiting.isEmpty()) {
            return converted;
        }
        Map<String, JsonObject> defs = new LinkedHashMap<>();
        while (!waiting.isEmpty()) {
            String ref = waiting.remove();
            JsonValue target = root.resolve(ref).orElse(JsonValue.NULL);
            JsonObject schema = target instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
            defs.put(names.get(ref), convert.apply(schema, ref));
        }
        Map<String, Set<String>> edges = new HashMap<>();
        defs.forEach((name, schema) -> {
            Set<String> targets = new HashSet<>();
            collect(schema, targets);
            edges.put(name, targets);
        });
        Map<String, Set<String>> cycles = Cycles.of(edges);
        JsonObjectBuilder section = Json.objectBuilder();
        defs.forEach((name, schema) -> section.add(name, optional(schema, cycles.getOrDefault(name, Set.of()))));
        return Json.objectBuilder(converted).add("$defs", section).build();
    }

    private String unique(String ref) {
        String last = ref.substring(ref.lastIndexOf('/') + 1);
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < last.length(); i++) {
            char c = last.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-' || c == '.';
            name.append(plain ? c : '_');
        }
        String base = ref.equals("#") || name.isEmpty() ? "root" : name.toString();
        String unique = base;
        for (int i = 2; !used.add(unique); i++) {
            unique = base + "_" + i;
        }
        return unique;
    }

    private static void collect(JsonValue value, Set<String> targets) {
        switch (value) {
            case JsonObject object -> {
                if (object.get("$ref") instanceof JsonString ref) {
                    targets.add(ref.getString().substring(PREFIX.length()));
                }
                object.values().forEach(member -> collect(member, targets));
            }
            case JsonArray array -> array.forEach(element -> collect(element, targets));
            default -> {
            }
        }
    }

    /**
     * Google unrolls a cyclic reference only inside properties that are not required, so those that lead into the cycle lose the demand.
     */
    private static JsonObject optional(JsonObject schema, Set<String> cycle) {
        if (cycle.isEmpty()) {
            return schema;
        }
        JsonObjectBuilder properties = Json.objectBuilder();
        Members.object(schema, "properties").forEach((name, property) -> properties.add(name, optional((JsonObject) property, cycle)));
        JsonObject inner = properties.build();
        JsonObjectBuilder result = Json.objectBuilder();
        schema.forEach((name, value) -> {
            switch (name) {
                case "properties" -> result.add(name, inner);
                case "required" -> demands((JsonArray) value, inner, cycle).ifPresent(required -> result.add(name, required));
                default -> result.add(name, value instanceof JsonObject object ? optional(object, cycle)
                        : value instanceof JsonArray array ? optional(array, cycle) : value);
            }
        });
        return result.build();
    }

    private static JsonArray optional(JsonArray schemas, Set<String> cycle) {
        JsonArrayBuilder result = Json.arrayBuilder();
        schemas.forEach(schema -> result.add(schema instanceof JsonObject object ? optional(object, cycle) : schema));
        return result.build();
    }

    private static Optional<JsonArray> demands(JsonArray required, JsonObject properties, Set<String> cycle) {
        JsonArrayBuilder kept = Json.arrayBuilder();
        required.stream().filter(name -> !leadsInto(properties.get(((JsonString) name).getString()), cycle)).forEach(kept::add);
        JsonArray array = kept.build();
        return array.isEmpty() ? Optional.empty() : Optional.of(array);
    }

    /** Whether a value must hold another of the cycle; behind a property that is not required it need not. */
    private static boolean leadsInto(JsonValue schema, Set<String> cycle) {
        return switch (schema) {
            case JsonArray branches -> branches.stream().anyMatch(branch -> leadsInto(branch, cycle));
            case JsonObject object -> {
                if (object.get("$ref") instanceof JsonString ref && cycle.contains(ref.getString().substring(PREFIX.length()))) {
                    yield true;
                }
                JsonObject properties = Members.object(object, "properties");
                yield Members.array(object, "required").stream()
                        .anyMatch(name -> leadsInto(properties.get(((JsonString) name).getString()), cycle))
                        || Stream.of("items", "prefixItems", "anyOf", "oneOf").anyMatch(name -> leadsInto(object.get(name), cycle));
            }
            case null, default -> false;
        };
    }
}
