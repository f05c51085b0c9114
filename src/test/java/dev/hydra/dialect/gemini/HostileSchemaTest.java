package dev.hydra.dialect.gemini;

import static dev.hydra.dialect.gemini.Talks.function;
import static dev.hydra.dialect.gemini.Talks.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Schemas made to cost much: each must end, and with a result of a sensible size. */
class HostileSchemaTest {
    private static JsonObject definitions(int count, IntFunction<JsonObject> definition) {
        JsonObjectBuilder defs = Json.objectBuilder();
        for (int i = 0; i < count; i++) {
            defs.add("a" + i, definition.apply(i));
        }
        return defs.build();
    }

    private static JsonObject ref(int index) {
        return Json.objectBuilder().add("$ref", "#/$defs/a" + index).build();
    }

    @Test
    void branchesThatReferToTheWholeSchemaDoNotMultiply() {
        String schema = "{'anyOf':[{'$ref':'#'},{'$ref':'#'},{'$ref':'#'}]}";
        ArgumentTypes types = ArgumentTypes.of(List.of(function("f", schema)));
        assertThat(types.typed("f", json("{'a':'x','b':[1.0]}"))).isEqualTo(json("{'a':'x','b':[1.0]}"));
    }

    @Test
    void theTypesInsideABranchAreStillFound() {
        String schema = "{'$defs':{'A':{'properties':{'n':{'type':'integer'}}}},'anyOf':[{'$ref':'#/$defs/A'},{'type':'string'}]}";
        ArgumentTypes types = ArgumentTypes.of(List.of(function("f", schema)));
        assertThat(types.typed("f", json("{'n':5.0}"))).isEqualTo(json("{'n':5}"));
    }

    @Test
    void anArgumentWithAVastExponentStaysAsItIs() {
        ArgumentTypes types = ArgumentTypes.of(List.of(function("f", "{'properties':{'n':{'type':'integer'}}}")));
        JsonObject vast = json("{'n':1e400000000}");
        assertThat(types.typed("f", vast)).isSameAs(vast);
    }

    @Test
    void anExclusiveBoundWithAVastExponentIsToldAndNotCounted() {
        for (String bound : List.of("1e4000000", "1e999999999", "-1e999999999", "1e-999999999")) {
            JsonObject schema = JsonSchema.of(json("{'type':'integer','minimum':3,'exclusiveMinimum':" + bound + "}"));
            assertThat(schema.getInt("minimum")).isEqualTo(3);
            assertThat(schema.getString("description")).startsWith("exclusiveMinimum: ").hasSizeLessThan(60);
        }
    }

    @Test
    void aLongChainOfReferencesEnds() {
        JsonObject defs = definitions(5000, i -> ref(i + 1));
        JsonObject schema = Json.objectBuilder(ref(0)).add("$defs", defs).build();
        assertThat(JsonSchema.ofParameters(schema).getString("type")).isEqualTo("object");
        assertThat(OpenApiSchema.of(schema).getString("type")).isEqualTo("object");
    }

    @Test
    void aLongChainOfMergedReferencesEnds() {
        JsonObject defs = definitions(5000, i -> json("{'allOf':[{'allOf':[{'$ref':'#/$defs/a" + (i + 1)
                + "'},{'minLength':1}]},{'maxLength':2}]}"));
        JsonObject schema = Json.objectBuilder().add("type", "object").add("$defs", defs)
                .add("properties", Json.objectBuilder().add("p", json("{'$ref':'#/$defs/a0','type':'string'}"))).build();
        assertThat(OpenApiSchema.of(schema).getJsonObject("properties").getJsonObject("p"))
                .isEqualTo(json("{'type':'string','minLength':1,'maxLength':2}"));
        assertThat(JsonSchema.of(schema).getJsonObject("properties").getJsonObject("p").getString("type")).isEqualTo("string");
    }

    @Test
    void aLargeDefinitionNamedThousandsOfTimesIsNotCopiedThousandsOfTimes() {
        JsonObject large = Json.objectBuilder().add("type", "string").add("description", "x".repeat(10_000)).build();
        JsonObjectBuilder properties = Json.objectBuilder();
        for (int i = 0; i < 3900; i++) {
            properties.add("p" + i, json("{'$ref':'#/$defs/large','minLength':" + i + "}"));
        }
        JsonObject schema = Json.objectBuilder().add("type", "object").add("properties", properties)
                .add("$defs", Json.objectBuilder().add("large", large)).build();
        int most = 6 * schema.toString().length() + 512 * 1024;
        JsonObject newer = JsonSchema.of(schema);
        assertThat(newer.toString().length()).isLessThan(most);
        assertThat(newer.getJsonObject("properties")).hasSize(3900);
        assertThat(newer.getJsonObject("properties").getJsonObject("p1").getString("description")).startsWith("xxx");
        assertThat(newer.getJsonObject("properties").getJsonObject("p3899").getJsonArray("anyOf")).hasSize(1);
        JsonObject older = OpenApiSchema.of(schema);
        assertThat(older.toString().length()).isLessThan(most);
        assertThat(older.getJsonObject("properties")).hasSize(3900);
    }

    @Test
    void oneDefinitionUnderManyNamesIsNotCopiedForEach() {
        JsonObject large = Json.objectBuilder().add("type", "string").add("description", "x".repeat(10_000)).build();
        JsonObjectBuilder properties = Json.objectBuilder();
        for (int i = 0; i < 1024; i++) {
            StringBuilder ref = new StringBuilder("#/$defs/");
            for (int bit = 0; bit < 10; bit++) {
                ref.append((i >> bit & 1) == 0 ? "a" : "%61");
            }
            properties.add("p" + i, Json.objectBuilder().add("$ref", ref.toString()));
        }
        JsonObject schema = Json.objectBuilder().add("properties", properties)
                .add("$defs", Json.objectBuilder().add("a".repeat(10), large)).build();
        assertThat(JsonSchema.of(schema).toString().length()).isLessThan(1_000_000);
    }
}
