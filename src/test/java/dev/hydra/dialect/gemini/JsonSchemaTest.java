package dev.hydra.dialect.gemini;

import static dev.hydra.dialect.gemini.Talks.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One row of spec mapping §1.4 after another, for {@code parametersJsonSchema} and {@code responseJsonSchema}. */
class JsonSchemaTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'$schema':'x','$comment':'c','examples':[1],'deprecated':true,'readOnly':true,'x-a':1,'type':'string'} | {'type':'string'}
            {'type':'string','title':'T','default':'d','example':'e'}    | {'type':'string'}
            {'type':'STRING'}                                            | {'type':'string'}
            {'type':'any'}                                               | {}
            {'type':['string','null']}                                   | {'type':['string','null']}
            {'type':['string','number']}                                 | {'type':['string','number']}
            {'type':'string','nullable':true}                            | {'type':['string','null']}
            {'enum':['a',1]}                                             | {'type':['string','integer'],'enum':['a',1]}
            {'type':'string','enum':['a',null]}                          | {'anyOf':[{'type':'string','enum':['a']},{'type':'null'}]}
            {'type':'boolean','enum':[true]}                             | {'type':'boolean','description':'one of: [true]'}
            {'enum':[true,false]}                                        | {'type':'boolean'}
            {'const':'x'}                                                | {'type':'string','enum':['x']}
            {'const':7}                                                  | {'type':'integer','enum':[7]}
            {'const':null}                                               | {'type':'null'}
            {'anyOf':[{'type':'string'},{'type':'null'}]}                | {'anyOf':[{'type':'string'},{'type':'null'}]}
            {'oneOf':[{'type':'string'},{'type':'number'}]}              | {'oneOf':[{'type':'string'},{'type':'number'}]}
            {'anyOf':[false,{'type':'string'}]}                          | {'anyOf':[{'type':'string'}]}
            {'anyOf':[]}                                                 | {}
            {'nullable':true,'anyOf':[{'type':'string'},{'type':'integer'}]} \
            | {'anyOf':[{'type':'string'},{'type':'integer'},{'type':'null'}]}
            {'type':'string','not':{'const':'x'}}                        | {'type':'string','description':'not: {`const`:`x`}'}
            {'type':'string','pattern':'^a$','minLength':2,'description':'d'} \
            | {'type':'string','description':'d (pattern: ^a$; minLength: 2)'}
            {'type':'integer','exclusiveMinimum':0,'exclusiveMaximum':10} | {'type':'integer','minimum':1,'maximum':9}
            {'type':'integer','exclusiveMinimum':0.5}                    | {'type':'integer','minimum':1}
            {'type':'integer','minimum':5,'exclusiveMinimum':0}          | {'type':'integer','minimum':5}
            {'type':'integer','minimum':0,'exclusiveMinimum':true}       | {'type':'integer','minimum':1}
            {'type':'number','exclusiveMinimum':0}                       | {'type':'number','description':'exclusiveMinimum: 0'}
            {'type':'number','minimum':0,'maximum':1.5}                  | {'type':'number','minimum':0,'maximum':1.5}
            {'type':'integer','multipleOf':5}                            | {'type':'integer','description':'multipleOf: 5'}
            {'type':'array','items':{'type':'string'},'minItems':1,'maxItems':3,'uniqueItems':true} \
            | {'type':'array','items':{'type':'string'},'minItems':1,'maxItems':3,'description':'uniqueItems: true'}
            {'type':'string','format':'uri'}                             | {'type':'string','format':'uri'}
            {'type':'array'}                                             | {'type':'array','items':{}}
            {'type':'array','items':true}                                | {'type':'array','items':{}}
            {'type':'array','items':[{'type':'string'},{'type':'number'}]} \
            | {'type':'array','prefixItems':[{'type':'string'},{'type':'number'}]}
            {'type':'array','items':[{'type':'string'}],'additionalItems':{'type':'number'}} \
            | {'type':'array','prefixItems':[{'type':'string'}],'items':{'type':'number'}}
            {'type':'object','minProperties':1}                          | {'type':'object','description':'minProperties: 1'}
            {'type':'object','properties':{'a':{}},'required':['a','b','a']} | {'type':'object','properties':{'a':{}},'required':['a']}
            {'type':'object','properties':{'a':{}},'required':true}      | {'type':'object','properties':{'a':{}}}
            {'properties':{'a':true,'b':false}}                          | {'type':'object','properties':{'a':{}}}
            {'type':'object','additionalProperties':false}               | {'type':'object','additionalProperties':false}
            {'type':'object','additionalProperties':{'type':'string','default':'x'}} \
            | {'type':'object','additionalProperties':{'type':'string'}}
            {'type':'object','properties':{'b':{},'a':{}}} \
            | {'type':'object','properties':{'b':{},'a':{}},'propertyOrdering':['b','a']}
            {'allOf':[{'type':'object','properties':{'a':{}},'required':['a']},{'properties':{'b':{}},'required':['b']}]} \
            | {'type':'object','properties':{'a':{},'b':{}},'required':['a','b'],'propertyOrdering':['a','b']}
            {'type':'object','properties':{'a':{},'b':{}},'anyOf':[{'required':['a']},{'required':['b']}]} \
            | {'type':'object','properties':{'a':{},'b':{}},'propertyOrdering':['a','b'],'description':'anyOf: [{`required`:[`a`]},{`required`:[`b`]}]'}
            """)
    void row(String schema, String expected) {
        assertThat(JsonSchema.of(json(schema))).isEqualTo(json(expected.replace("`", "\\'")));
    }

    @Test
    void defect13DefinitionsBecomeDefsAndUnusedOnesGo() {
        JsonObject schema = json("{'type':'object','definitions':{'A':{'type':'string','title':'A'},'B':{}},"
                + "'properties':{'a':{'$ref':'#/definitions/A'}}}");
        assertThat(JsonSchema.of(schema)).isEqualTo(
                json("{'type':'object','properties':{'a':{'$ref':'#/$defs/A'}},'$defs':{'A':{'type':'string'}}}"));
    }

    @Test
    void aReferenceWithSiblingsIsInlinedAndTheSiblingsWin() {
        JsonObject schema = json("{'$defs':{'A':{'type':'string','description':'of A','format':'uri'}},"
                + "'properties':{'a':{'$ref':'#/$defs/A','description':'mine'},'b':{'$ref':'#/$defs/A','title':'only a title'}}}");
        assertThat(JsonSchema.of(schema)).isEqualTo(json("{'type':'object','properties':{"
                + "'a':{'type':'string','format':'uri','description':'mine'},'b':{'$ref':'#/$defs/A'}},'propertyOrdering':['a','b'],"
                + "'$defs':{'A':{'type':'string','format':'uri','description':'of A'}}}"));
    }

    @Test
    void oneReferenceInAllOfIsThatReference() {
        JsonObject schema = json("{'$defs':{'A':{'type':'string'}},'properties':{'a':{'allOf':[{'$ref':'#/$defs/A'}],'default':'x'}}}");
        assertThat(JsonSchema.of(schema).getJsonObject("properties")).isEqualTo(json("{'a':{'$ref':'#/$defs/A'}}"));
    }

    @Test
    void pointersAnchorsIdsAndEscapesAreFound() {
        JsonObject schema = json("{'$defs':{'a/b~c d':{'type':'string'},'x':{'$anchor':'spot','type':'number'},'y':{'$id':'urn:y','t"
                + "ype':'boolean'}},"
                + "'properties':{'p':{'$ref':'#/$defs/a~1b~0c%20d'},'q':{'$ref':'#spot'},'r':{'$ref':'urn:y'},'s':{'$ref':'#/propert"
                + "ies/p'},"
                + "'t':{'$ref':'https://example.com/other.json'}}}");
        JsonObject converted = JsonSchema.of(schema);
        JsonSchemaPropertyTest.assertReferencesResolve(converted);
        assertThat(converted.getJsonObject("$defs").values()).hasSize(4);
        assertThat(converted.getJsonObject("properties").getJsonObject("t"))
                .isEqualTo(json("{'description':'as in https://example.com/other.json'}"));
    }

    @Test
    void aCycleStaysAReferenceAndIsDemandedNowhere() {
        JsonObject schema = json("{'$defs':{'N':{'type':'object','properties':{'v':{'type':'string'},'next':{'$ref':'#/$defs/N'},"
                + "'kids':{'type':'array','items':{'$ref':'#/$defs/N'}}},'required':['v','next','kids']}},'$ref':'#/$defs/N'}");
        JsonObject converted = JsonSchema.of(schema);
        JsonObject node = converted.getJsonObject("$defs").getJsonObject("N");
        assertThat(node.getJsonArray("required")).isEqualTo(json("{'r':['v']}").getJsonArray("r"));
        assertThat(node.getJsonObject("properties").getJsonObject("next")).isEqualTo(json("{'$ref':'#/$defs/N'}"));
        assertThat(converted.getString("type")).isEqualTo("object");
    }

    @Test
    void aCycleThatIsAlreadyOptionalKeepsTheOuterDemand() {
        JsonObject schema = json("{'$defs':{'A':{'type':'object','properties':{'b':{'$ref':'#/$defs/B'}},'required':['b']},"
                + "'B':{'type':'object','properties':{'a':{'$ref':'#/$defs/A'}}}},'properties':{'root':{'$ref':'#/$defs/A'}},'requir"
                + "ed':['root']}");
        JsonObject converted = JsonSchema.of(schema);
        assertThat(converted.getJsonArray("required")).hasSize(1);
        assertThat(converted.getJsonObject("$defs").getJsonObject("A")).doesNotContainKey("required");
    }

    @Test
    void theRootItselfMayBeReferred() {
        JsonObject converted = JsonSchema.of(json("{'type':'object','properties':{'kid':{'$ref':'#'}}}"));
        assertThat(converted.getJsonObject("properties")).isEqualTo(json("{'kid':{'$ref':'#/$defs/root'}}"));
        JsonSchemaPropertyTest.assertReferencesResolve(converted);
    }

    @Test
    void aCycleWithSiblingsKeepsThemBesideAnAnyOf() {
        JsonObject converted = JsonSchema.of(json("{'$defs':{'N':{'type':'object','properties':{'next':{'$ref':'#/$defs/N','descript"
                + "ion':'d'}}}},"
                + "'properties':{'n':{'$ref':'#/$defs/N','description':'top'}}}"));
        assertThat(converted.getValue("/properties/n/properties/next"))
                .isEqualTo(json("{'anyOf':[{'$ref':'#/$defs/N'}],'description':'d'}"));
        JsonSchemaPropertyTest.assertReferencesResolve(converted);
    }

    @Test
    void propertiesNamedLikeKeywordsStay() {
        JsonObject properties = json("{'title':{'type':'string'},'default':{'type':'string'},'format':{'type':'string'},'$ref':{'typ"
                + "e':'string'},"
                + "'properties':{'type':'string'},'required':{'type':'boolean'},'type':{'type':'string'},'enum':{'type':'string'}}");
        JsonObject schema = Json.objectBuilder().add("type", "object").add("properties", properties).build();
        assertThat(JsonSchema.of(schema).getJsonObject("properties")).isEqualTo(properties);
        assertThat(OpenApiSchema.of(schema).getJsonObject("properties")).isEqualTo(properties);
    }

    @Test
    void parametersAreAlwaysAnObject() {
        assertThat(JsonSchema.ofParameters(json("{'type':['object','null'],'properties':{'a':{'type':'string'}}}")))
                .isEqualTo(json("{'type':'object','properties':{'a':{'type':'string'}}}"));
        assertThat(JsonSchema.ofParameters(json("{'additionalProperties':true}")))
                .isEqualTo(json("{'type':'object','additionalProperties':true,'properties':{}}"));
        assertThat(JsonSchema.ofParameters(json("{}"))).isEmpty();
    }

    /** Merging what merges itself over and over must end soon, whatever it ends with. */
    @Test
    void schemasThatMultiplyEndSoon() {
        JsonObjectBuilder defs = Json.objectBuilder();
        for (int i = 0; i < 60; i++) {
            String next = "{'$ref':'#/$defs/d" + (i + 1) + "','description':'x'}";
            defs.add("d" + i, json("{'type':'object','properties':{'a':" + next + ",'b':" + next + "},'allOf':[" + next + "," + next
                    + "]}"));
        }
        defs.add("d60", json("{'type':'string'}"));
        JsonObject schema = Json.objectBuilder().add("$defs", defs).add("properties",
                json("{'a':{'$ref':'#/$defs/d0','description':'y'}}")).build();
        JsonObject converted = JsonSchema.of(schema);
        JsonSchemaPropertyTest.assertReferencesResolve(converted);
        assertThat(converted.toString()).hasSizeLessThan(4_000_000);
        assertThat(OpenApiSchema.of(schema).toString()).hasSizeLessThan(4_000_000);
    }

    @Test
    void veryDeepSchemasAreCut() {
        String deep = "{'type':'object','properties':{'a':".repeat(300) + "{'type':'string'}" + "}}".repeat(300);
        assertThat(JsonSchema.of(json(deep)).toString()).hasSizeLessThan(3000);
        assertThat(OpenApiSchema.of(json(deep)).toString()).hasSizeLessThan(3000);
    }
}
