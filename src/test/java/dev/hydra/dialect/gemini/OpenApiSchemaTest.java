package dev.hydra.dialect.gemini;

import static dev.hydra.dialect.gemini.Talks.json;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The right column of spec mapping §1.4: the OpenAPI subset for models before 2.5. */
class OpenApiSchemaTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'$schema':'x','title':'t','default':1,'examples':[],'type':'string'} | {'type':'string'}
            {'type':['string','null']}                             | {'type':'string','nullable':true}
            {'type':['string','number']}                           | {'anyOf':[{'type':'string'},{'type':'number'}]}
            {'type':'integer','enum':[1,2,null]}                   | {'type':'integer','enum':['1','2'],'nullable':true}
            {'type':'string','enum':['a','']}                      | {'type':'string','format':'enum','enum':['a']}
            {'const':'x'}                                          | {'type':'string','enum':['x'],'format':'enum'}
            {'anyOf':[{'type':'string'},{'type':'null'}],'description':'d'} | {'type':'string','nullable':true,'description':'d'}
            {'oneOf':[{'type':'string'},{'type':'number'}]}        | {'anyOf':[{'type':'string'},{'type':'number'}]}
            {'type':'string','minLength':1,'maxLength':3,'pattern':'x'} | {'type':'string','minLength':1,'maxLength':3,'pattern':'x'}
            {'type':'string','format':'date-time'}                 | {'type':'string','format':'date-time'}
            {'type':'string','format':'uri'}                       | {'type':'string','description':'format: uri'}
            {'type':'integer','format':'int64','exclusiveMinimum':1} | {'type':'integer','format':'int64','minimum':2}
            {'type':'array'}                                       | {'type':'array','items':{'type':'string'}}
            {'type':'array','items':[{'type':'string'},{'type':'number'}]} \
            | {'type':'array','items':{'anyOf':[{'type':'string'},{'type':'number'}]}}
            {'type':'object','properties':{}}                      | {'type':'object'}
            {'type':'object','minProperties':1,'additionalProperties':false,'properties':{'a':true}} \
            | {'type':'object','minProperties':1,'properties':{'a':{'type':'string'}}}
            {'type':'object','properties':{'a':{'type':'string'}},'required':['a','b'],'multipleOf':2} \
            | {'type':'object','properties':{'a':{'type':'string'}},'required':['a'],'description':'multipleOf: 2'}
            """)
    void row(String schema, String expected) {
        assertThat(OpenApiSchema.of(json(schema))).isEqualTo(json(expected));
    }

    @Test
    void referencesAreOpenedAndCyclesEnd() {
        JsonObject schema = json("{'$defs':{'N':{'type':'object','properties':{'v':{'type':'string'},'next':{'$ref':'#/$defs/N'}}}},"
                + "'properties':{'n':{'$ref':'#/$defs/N'}}}");
        assertThat(OpenApiSchema.of(schema).getJsonObject("properties")).isEqualTo(json("{'n':{'type':'object','properties':{"
                + "'v':{'type':'string'},'next':{'type':'object','description':'as N above'}},'propertyOrdering':['v','next']}}"));
    }

    @Test
    void defect15ANullableObjectKeepsItsProperties() {
        JsonObject schema = json("{'type':'object','properties':{'o':{'type':['object','null'],'properties':{'a':{'type':'string'}}}}}");
        assertThat(OpenApiSchema.of(schema).getJsonObject("properties"))
                .isEqualTo(json("{'o':{'type':'object','properties':{'a':{'type':'string'}},'nullable':true}}"));
        assertThat(JsonSchema.of(schema).getJsonObject("properties"))
                .isEqualTo(json("{'o':{'type':['object','null'],'properties':{'a':{'type':'string'}}}}"));
    }
}
