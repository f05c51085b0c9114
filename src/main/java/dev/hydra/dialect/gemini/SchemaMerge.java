package dev.hydra.dialect.gemini;

import dev.hydra.wire.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Makes one schema of a reference with siblings and of {@code allOf} (spec mapping §1.4): the target formats know neither. References that
 * stand alone stay. What is open on the way down is never opened again, depth is bounded, and each opening is charged by the size of what
 * it copies, so that no schema can make this run long or the result much larger than the schema.
 */
final class SchemaMerge {
    /** Keywords that say nothing to Gemini, so that a reference beside them stands alone. */
    static final Set<String> SILENT = Set.of("title", "default", "example", "examples", "$schema", "$comment", "$id", "$anchor", "$defs",
            "definitions", "deprecated", "readOnly", "writeOnly", "discriminator", "xml", "externalDocs", "$vocabulary", "$dynamicAnchor");
    private static final int MAX_OPEN = 256;
    private static final int MAX_DEPTH = 256;

    private final SchemaRoot root;
    private final SchemaBudget budget;
    private int depth;

    SchemaMerge(SchemaRoot root) {
        this.root = root;
        this.budget = new SchemaBudget(root.whole());
    }

    /** @param schema its references have been opened @param open the references that were opened on the way here, itself included */
    record Merged(JsonObject schema, Set<String> open) {
        /** The reference that this schema is and nothing else; empty when it is more than that. */
        String lone() {
            return schema.size() == 1 ? Members.text(schema, "$ref") : "";
        }
    }

    /** Whether a copy of the schema may still be written; if so, it is charged. */
    boolean affords(JsonObject schema) {
        return budget.affords(schema);
    }

    Merged flat(JsonObject schema, Set<String> open) {
        String ref = Members.text(schema, "$ref");
        if (!ref.isEmpty()) {
            return reference(ref, siblings(schema), open);
        }
        return schema.get("allOf") instanceof JsonArray all && !all.isEmpty() ? all(schema, all, open) : new Merged(schema, open);
    }

    /** Opens a reference that stands alone; unchanged when it is open already or leads nowhere. */
    Merged opened(Merged schema) {
        String ref = schema.lone();
        return ref.isEmpty() ? schema : target(ref, schema.open())
                .map(target -> inlined(ref, target, JsonValue.EMPTY_JSON_OBJECT, schema.open()))
                .orElse(new Merged(JsonValue.EMPTY_JSON_OBJECT, schema.open()));
    }

    private Merged reference(String ref, JsonObject siblings, Set<String> open) {
        if (siblings.isEmpty()) {
            return new Merged(Json.objectBuilder().add("$ref", ref).build(), open);
        }
        if (!(root.resolve(ref).orElse(JsonValue.NULL) instanceof JsonObject)) {
            return flat(siblings, open);
        }
        Optional<JsonObject> target = target(ref, open);
        if (target.isEmpty()) { // siblings of a lone anyOf are legal, siblings of a $ref are not
            JsonArrayBuilder only = Json.arrayBuilder().add(Json.objectBuilder().add("$ref", ref));
            boolean taken = siblings.containsKey("anyOf");
            return taken ? flat(siblings, open) : new Merged(Json.objectBuilder(siblings).add("anyOf", only).remove("allOf").build(), open);
        }
        return inlined(ref, target.get(), siblings, open);
    }

    /** What the reference names, charged for its copy; empty when it must stay closed. */
    private Optional<JsonObject> target(String ref, Set<String> open) {
        if (open.contains(ref) || open.size() >= MAX_OPEN || depth >= MAX_DEPTH) {
            return Optional.empty();
        }
        return root.resolve(ref).filter(JsonObject.class::isInstance).map(JsonObject.class::cast).filter(budget::affords);
    }

    private Merged inlined(String ref, JsonObject target, JsonObject siblings, Set<String> open) {
        Set<String> inside = new HashSet<>(open);
        inside.add(ref);
        depth++;
        Merged base = opened(flat(target, inside));
        depth--;
        Merged over = flat(siblings, base.open());
        return new Merged(merged(base.schema(), over.schema()), over.open());
    }

    private Merged all(JsonObject schema, JsonArray branches, Set<String> open) {
        JsonObject own = Json.objectBuilder(schema).remove("allOf").build();
        if (branches.size() == 1 && branches.getFirst() instanceof JsonObject only && siblings(own).isEmpty()) {
            return flat(only, open);
        }
        depth++;
        JsonObject result = JsonValue.EMPTY_JSON_OBJECT;
        Set<String> opened = open;
        for (JsonValue branch : branches) {
            if (branch instanceof JsonObject object && depth <= MAX_DEPTH && budget.affordsMerge(result)) {
                Merged flat = opened(flat(object, opened));
                opened = flat.open();
                result = merged(result, flat.schema());
            }
        }
        depth--;
        return new Merged(merged(result, own), opened);
    }

    private static JsonObject siblings(JsonObject schema) {
        JsonObjectBuilder rest = Json.objectBuilder();
        schema.forEach((name, value) -> {
            if (!name.equals("$ref") && !SILENT.contains(name) && !name.startsWith("x-")) {
                rest.add(name, value);
            }
        });
        return rest.build();
    }

    /** {@code over} on top of {@code base}: properties and required are united, of other keywords the later wins. */
    private static JsonObject merged(JsonObject base, JsonObject over) {
        if (base.isEmpty()) {
            return over;
        }
        JsonObjectBuilder result = Json.objectBuilder(base);
        over.forEach((name, value) -> {
            JsonValue before = base.get(name);
            if (name.equals("properties") && before instanceof JsonObject first && value instanceof JsonObject second) {
                result.add(name, properties(first, second));
            } else if (name.equals("required") && before instanceof JsonArray first && value instanceof JsonArray second) {
                Set<JsonValue> both = new LinkedHashSet<>(first);
                both.addAll(second);
                JsonArrayBuilder required = Json.arrayBuilder();
                both.forEach(required::add);
                result.add(name, required);
            } else if (!(name.equals("description") && value instanceof JsonString text && text.getString().isBlank())) {
                result.add(name, value);
            }
        });
        return result.build();
    }

    private static JsonObject properties(JsonObject first, JsonObject second) {
        JsonObjectBuilder result = Json.objectBuilder(first);
        second.forEach((name, value) -> {
            boolean both = first.get(name) instanceof JsonObject && value instanceof JsonObject && !first.get(name).equals(value);
            result.add(name, both ? Json.objectBuilder().add("allOf", Json.arrayBuilder().add(first.get(name)).add(value)).build() : value);
        });
        return result.build();
    }
}
