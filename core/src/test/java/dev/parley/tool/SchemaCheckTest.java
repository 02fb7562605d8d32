package dev.parley.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Schemas as servers of MCP write them. */
class SchemaCheckTest {
    private static ObjectNode json(String text) {
        return (ObjectNode) Json.mapper().readTree(text.replace('\'', '"'));
    }

    private static ObjectNode about(String schema) {
        return json("{'type':'object','properties':{'a':" + schema + "}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':['string','null']}|null",
                "{'type':'integer','minimum':1,'maximum':9}|9.0",
                "{'anyOf':[{'type':'string'},{'type':'integer'}]}|7",
                "{'oneOf':[{'type':'object','required':['x']},{'type':'object','required':['y']}]}|{'y':1}",
                "{'$ref':'#/$defs/name'}|'Ann'",
                "{'type':'object','additionalProperties':{'type':'string'}}|{'k':'v'}",
                "{'const':'x'}|'x'",
                "{'type':'array','items':{'enum':[1,2]},'maxItems':2}|[1,2]",
                "{'type':'string','pattern':'^a$','format':'email'}|'b'",
                "{}|{'anything':[1]}",
                "true|1",
            })
    void takesWhatFits(String schema, String value) {
        ObjectNode whole = about(schema);
        whole.set("$defs", json("{'name':{'type':'string'}}"));
        assertThat(SchemaCheck.faults(whole, json("{'a':" + value + "}"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':['string','null']}|7|must be a string or null",
                "{'type':'integer','minimum':1}|0|must be at least 1",
                "{'type':'integer','maximum':9}|10|must be at most 9",
                "{'exclusiveMinimum':1}|1|must be more than 1",
                "{'exclusiveMaximum':1.5}|1.5|must be less than 1.5",
                "{'anyOf':[{'type':'string'},{'type':'integer'}]}|true|must be a string or an integer",
                "{'allOf':[{'minLength':2},{'maxLength':3}]}|'abcd'|must have at most 3 characters",
                "{'$ref':'#/$defs/name'}|7|must be a string",
                "{'type':'object','additionalProperties':{'type':'string'}}|{'k':1}|'a.k' must be a string",
                "{'const':'x'}|'y'|must be `x`",
                "{'type':'array','minItems':1}|[]|must have at least 1 items",
                "{'type':'array','items':{'type':'number'}}|[1,'2']|'a[1]' must be a number",
                "{'type':'string','format':'date'}|1|must be a string (date)",
                "false|1|must not be there",
            })
    void namesWhatDoesNot(String schema, String value, String fault) {
        ObjectNode whole = about(schema);
        whole.set("$defs", json("{'name':{'type':'string'}}"));
        assertThat(SchemaCheck.faults(whole, json("{'a':" + value + "}")))
                .singleElement()
                .asString()
                .contains(fault.replace('`', '"'));
    }

    @Test
    void endsWhereASchemaRefersToItself() {
        ObjectNode loop = json("{'$ref':'#'}");
        assertThat(SchemaCheck.faults(loop, json("{'a':1}"))).isEmpty();
        ObjectNode tree = json("{'type':'object','properties':{'next':{'$ref':'#'}},'additionalProperties':false}");
        assertThat(SchemaCheck.faults(tree, json("{'next':{'next':{'x':1}}}"))).hasSize(1);
    }

    @Test
    void tellsFiveFaultsAndNoMore() {
        ObjectNode strict = json("{'type':'object','properties':{},'additionalProperties':false}");
        assertThat(SchemaCheck.faults(strict, json("{'a':1,'b':1,'c':1,'d':1,'e':1,'f':1,'g':1}")))
                .hasSize(5);
    }
}
