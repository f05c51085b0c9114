package dev.hydra.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.wire.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaSampleTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'type':'STRING'}|'Rome'",
        "{'type':'string','maxLength':2}|'Ro'",
        "{'type':'string','minLength':6}|'Rome..'",
        "{'type':'string','format':'date'}|'2026-01-31'",
        "{'type':['null','integer'],'maximum':5}|5",
        "{'type':'integer','exclusiveMinimum':20}|21",
        "{'type':'integer','multipleOf':5,'minimum':1}|5",
        "{'type':'number'}|7",
        "{'type':'boolean'}|true",
        "{'enum':['a','in']}|'in'",
        "{'const':{'x':1}}|{'x':1}",
        "{'anyOf':[{'type':'null'},{'type':'boolean'}]}|true",
        "{'allOf':[{'properties':{'a':{'type':'integer'}}},{'properties':{'b':{'type':'null'}}}]}|{'b':null,'a':7}",
        "{'type':'array','prefixItems':[{'type':'boolean'},{'type':'null'}]}|[true,null]",
        "{'type':'array','maxItems':0,'items':{}}|[]",
        "{'$ref':'#/$defs/n','$defs':{'n':{'type':'integer'}}}|7",
        "{'properties':{'x':false},'required':['y'],'type':'object'}|{'y':'Rome'}"})
    void makesAValueThatTheSchemaAllows(String schema, String value) {
        Hints hints = new Hints("Go 7 times to Rome in spring");
        assertThat(new SchemaSample(Json.object(schema.replace('\'', '"')), hints).make()).isEqualTo(Json.value(value.replace('\'', '"')));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'type':'object','properties':{'next':{'$ref':'#'}}}",
        "{'$ref':'#'}",
        "{'allOf':[{'$ref':'#'}]}",
        "{'type':'array','items':{'$ref':'#'}}",
        "{'anyOf':[{'$ref':'#'},{'type':'string'}]}",
        "{'$ref':'#/nowhere/~0/0'}"})
    void endsOnRecursiveAndDanglingSchemas(String schema) {
        assertThat(new SchemaSample(Json.object(schema.replace('\'', '"')), new Hints("")).make().toString()).hasSizeLessThan(10_000);
    }
}
