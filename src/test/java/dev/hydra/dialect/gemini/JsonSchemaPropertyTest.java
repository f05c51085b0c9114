package dev.hydra.dialect.gemini;

import static dev.hydra.dialect.gemini.Talks.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.wire.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever schema comes in, what goes out keeps the rules of its target. */
class JsonSchemaPropertyTest {
    private static final List<String> NAMES = List.of("a", "b", "title", "default", "$ref", "type", "enum");
    private static final List<String> REFS = List.of("#", "#/$defs/x", "#/$defs/y", "#/definitions/z", "#/properties/a", "#gone",
            "#/$defs/none");

    @Provide
    Arbitrary<JsonObject> schemas() {
        return Arbitraries.longs().map(seed -> {
            Random random = new Random(seed);
            JsonObjectBuilder root = Json.objectBuilder(schema(random, 4));
            if (random.nextInt(4) > 0) {
                root.add("$defs", Json.objectBuilder().add("x", schema(random, 3)).add("y", schema(random, 3)));
                root.add("definitions", Json.objectBuilder().add("z", schema(random, 3)));
            }
            return root.build();
        });
    }

    @Property(tries = 1500)
    void onlyDocumentedKeywordsAndReferencesThatResolve(@ForAll("schemas") JsonObject schema) {
        JsonObject converted = JsonSchema.of(schema);
        assertKeywords(converted, JsonSchema.KEYWORDS);
        assertReferencesResolve(converted);
    }

    @Property(tries = 1500)
    void convertingTwiceChangesNothing(@ForAll("schemas") JsonObject schema) {
        JsonObject once = JsonSchema.of(schema);
        assertThat(JsonSchema.of(once)).isEqualTo(once);
    }

    @Property(tries = 500)
    void parametersAreObjects(@ForAll("schemas") JsonObject schema) {
        JsonObject converted = JsonSchema.ofParameters(schema);
        assertThat(converted.isEmpty() || converted.getString("type").equals("object") && converted.containsKey("properties")).isTrue();
    }

    @Property(tries = 1500)
    void openApiSchemasHoldOnlyTheirKeywords(@ForAll("schemas") JsonObject schema) {
        assertOpenApi(OpenApiSchema.of(schema));
    }

    static void assertReferencesResolve(JsonObject root) {
        assertReferencesResolve(root, root);
    }

    private static void assertReferencesResolve(JsonValue node, JsonObject root) {
        if (node instanceof JsonObject object) {
            if (object.get("$ref") instanceof JsonString ref) {
                assertThat(object).as("siblings of a reference").hasSize(1);
                assertThat(ref.getString()).startsWith("#/$defs/");
                assertThat(root.getJsonObject("$defs")).containsKey(ref.getString().substring("#/$defs/".length()));
            }
            object.values().forEach(member -> assertReferencesResolve(member, root));
        } else if (node instanceof JsonArray array) {
            array.forEach(element -> assertReferencesResolve(element, root));
        }
    }

    private static void assertKeywords(JsonValue node, Set<String> allowed) {
        if (node instanceof JsonArray array) {
            array.forEach(element -> assertKeywords(element, allowed));
        } else if (node instanceof JsonObject object) {
            assertThat(allowed).containsAll(object.keySet());
            object.forEach((name, value) -> {
                if (name.equals("properties") || name.equals("$defs")) {
                    ((JsonObject) value).values().forEach(property -> assertKeywords(property, allowed));
                } else if (!name.equals("enum")) {
                    assertKeywords(value, allowed);
                }
            });
            assertRequired(object);
        }
    }

    private static void assertRequired(JsonObject object) {
        for (JsonValue name : Members.array(object, "required")) {
            assertThat(object.getJsonObject("properties")).containsKey(((JsonString) name).getString());
        }
    }

    private static void assertOpenApi(JsonObject schema) {
        assertKeywords(schema, OpenApiSchema.KEYWORDS);
        assertThat(schema.containsKey("type") ? schema.get("type") : Json.string("string")).isInstanceOf(JsonString.class);
        Members.array(schema, "enum").forEach(value -> assertThat(value).isInstanceOf(JsonString.class));
        assertThat(Members.text(schema, "type").equals("array")).isEqualTo(schema.containsKey("items"));
        assertThat(schema.containsKey("properties") && schema.getJsonObject("properties").isEmpty()).isFalse();
        if (Members.text(schema, "type").equals("string") && schema.containsKey("format")) {
            assertThat(schema.getString("format")).isIn("enum", "date-time");
        }
        Members.object(schema, "properties").values().forEach(property -> assertOpenApi((JsonObject) property));
        Members.array(schema, "anyOf").forEach(branch -> assertOpenApi((JsonObject) branch));
        if (schema.get("items") instanceof JsonObject items) {
            assertOpenApi(items);
        }
    }

    private static JsonObject schema(Random random, int depth) {
        JsonObjectBuilder schema = Json.objectBuilder();
        int keywords = random.nextInt(5);
        for (int i = 0; i < keywords; i++) {
            keyword(random, depth, schema);
        }
        return schema.build();
    }

    private static void keyword(Random random, int depth, JsonObjectBuilder schema) {
        switch (random.nextInt(depth > 0 ? 22 : 13)) {
            case 0 -> schema.add("type", List.of("string", "integer", "NUMBER", "object", "array", "boolean", "null", "file")
                    .get(random.nextInt(8)));
            case 1 -> schema.add("type", Json.arrayBuilder().add("string").add(random.nextBoolean() ? "null" : "object"));
            case 2 -> schema.add("enum", json("{'e':['a',1,null,true,'a','']}").getJsonArray("e"));
            case 3 -> schema.add("const", random.nextBoolean() ? Json.string("c") : JsonValue.NULL);
            case 4 -> schema.add("description", "d" + random.nextInt(3));
            case 5 -> schema.add(random.nextBoolean() ? "exclusiveMinimum" : "exclusiveMaximum", random.nextInt(9) / 2.0);
            case 6 -> schema.add(random.nextBoolean() ? "minimum" : "maximum", random.nextInt(9));
            case 7 -> schema.add("pattern", "^x").add("minLength", 2).add("title", "t").add("default", JsonValue.NULL).add("x-y", 1);
            case 8 -> schema.add("format", random.nextBoolean() ? "date-time" : "uri").add("nullable", random.nextBoolean());
            case 9 -> schema.add("required", json("{'r':['a','nope','b',7]}").getJsonArray("r"));
            case 10 -> schema.add("$ref", REFS.get(random.nextInt(REFS.size())));
            case 11 -> schema.add("items", random.nextBoolean()).add("minItems", 1).add("$anchor", "spot");
            case 12 -> schema.add("additionalProperties", random.nextBoolean()).add("uniqueItems", random.nextBoolean());
            case 13, 14 -> schema.add("properties", properties(random, depth - 1));
            case 15 -> schema.add("items", schema(random, depth - 1));
            case 16 -> schema.add("items", several(random, depth - 1));
            case 17 -> schema.add("anyOf", several(random, depth - 1));
            case 18 -> schema.add("oneOf", several(random, depth - 1));
            case 19 -> schema.add("allOf", several(random, depth - 1));
            case 20 -> schema.add("additionalProperties", schema(random, depth - 1));
            default -> schema.add(random.nextBoolean() ? "not" : "if", schema(random, depth - 1));
        }
    }

    private static JsonObject properties(Random random, int depth) {
        JsonObjectBuilder properties = Json.objectBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            String name = NAMES.get(random.nextInt(NAMES.size()));
            if (random.nextInt(8) == 0) {
                properties.add(name, random.nextBoolean());
            } else {
                properties.add(name, schema(random, depth));
            }
        }
        return properties.build();
    }

    private static JsonArray several(Random random, int depth) {
        JsonArrayBuilder several = Json.arrayBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            several.add(schema(random, depth));
        }
        return several.build();
    }
}
