package dev.parley.gemini.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.parley.protocol.Json;
import dev.parley.provider.reply.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Schemas of functions: what Gemini knows of them, whoever wrote them. */
class ToolSchemaTest {
    private static final Set<String> KNOWN = Set.of(
            "type",
            "format",
            "description",
            "nullable",
            "enum",
            "items",
            "minItems",
            "maxItems",
            "properties",
            "required",
            "minProperties",
            "maxProperties",
            "minLength",
            "maxLength",
            "pattern",
            "anyOf",
            "minimum",
            "maximum");

    private static ObjectNode json(String text) {
        return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    /** What becomes of a property with a schema. */
    private static JsonNode property(String schema) {
        ObjectNode made = ToolSchema.of(json("{'type':'object','properties':{'it':" + schema + "}}"), "p");
        wellFormed(made);
        return made.path("properties").path("it");
    }

    /** Gemini refuses fields it does not know, names without properties, and arrays of nothing. */
    private static void wellFormed(JsonNode schema) {
        assertThat(KNOWN).containsAll(schema.propertyNames());
        assertThat(schema.has("type") || schema.has("anyOf")).isTrue();
        if (schema.path("type").asString("").equals("ARRAY")) {
            assertThat(schema.has("items")).isTrue();
        }
        schema.path("required")
                .forEach(name -> assertThat(schema.path("properties").has(name.asString()))
                        .isTrue());
        schema.path("enum").forEach(value -> assertThat(value.isString()).isTrue());
        schema.path("properties").forEach(ToolSchemaTest::wellFormed);
        schema.path("anyOf").forEach(ToolSchemaTest::wellFormed);
        if (schema.has("items")) {
            wellFormed(schema.path("items"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'string'}|{'type':'STRING'}",
                "{'type':['string','null'],'description':'d'}|{'type':'STRING','description':'d','nullable':true}",
                "{'type':['string','integer']}|{'anyOf':[{'type':'STRING'},{'type':'INTEGER'}]}",
                "{'const':'a'}|{'type':'STRING','enum':['a']}",
                "{'type':'integer','enum':[1,2]}|{'type':'INTEGER','description':'One of: 1, 2.'}",
                "{'enum':['a','b',null]}|{'type':'STRING','enum':['a','b'],'nullable':true}",
                "{'oneOf':[{'type':'string'},{'type':'null'}]}|{'type':'STRING','nullable':true}",
                "{'anyOf':[{'type':'string'},{'type':'integer'}]}|{'anyOf':[{'type':'STRING'},{'type':'INTEGER'}]}",
                "{'anyOf':[{'type':'string'},{'type':'null'}],'description':'d','default':null}"
                        + "|{'type':'STRING','description':'d','nullable':true}",
                "{'type':'string','format':'email','title':'t','examples':['x']}|{'type':'STRING'}",
                "{'type':'string','format':'date-time'}|{'type':'STRING','format':'date-time'}",
                "{'type':'number','exclusiveMinimum':0,'maximum':5}|{'type':'NUMBER','maximum':5}",
                "{'type':'array'}|{'type':'ARRAY','items':{'anyOf':[{'type':'STRING'},{'type':'NUMBER'},"
                        + "{'type':'BOOLEAN'},{'type':'OBJECT'}]}}",
                "{'type':'array','prefixItems':[{'type':'string'},{'type':'number'}]}"
                        + "|{'type':'ARRAY','items':{'anyOf':[{'type':'STRING'},{'type':'NUMBER'}]}}",
                "{'type':'object','additionalProperties':{'type':'string'}}|{'type':'OBJECT'}",
                "{'type':'object','properties':{'a':{'type':'boolean'}},'required':['a','b'],"
                        + "'additionalProperties':false}"
                        + "|{'type':'OBJECT','properties':{'a':{'type':'BOOLEAN'}},'required':['a']}",
                "{'allOf':[{'type':'object','properties':{'a':{'type':'string'}},'required':['a']},"
                        + "{'properties':{'b':{'type':'string'}},'required':['b']}]}"
                        + "|{'type':'OBJECT','properties':{'a':{'type':'STRING'},'b':{'type':'STRING'}},"
                        + "'required':['a','b']}",
                "{'$ref':'#/nowhere','description':'d'}"
                        + "|{'anyOf':[{'type':'STRING'},{'type':'NUMBER'},{'type':'BOOLEAN'},{'type':'OBJECT'}],'description':'d'}",
                "true|{'anyOf':[{'type':'STRING'},{'type':'NUMBER'},{'type':'BOOLEAN'},{'type':'OBJECT'}]}",
            })
    void whatOpenApiCannotSayIsSaidOtherwiseOrLeftOut(String schema, String expected) {
        assertThat(property(schema)).isEqualTo(json(expected));
    }

    @Test
    void definitionsArePutInPlaceAndThoseThatHoldThemselvesEnd() {
        ObjectNode made = ToolSchema.of(
                json("{'$defs':{'Node':{'type':'object','description':'n','properties':{'name':{'type':'string'},"
                        + "'next':{'$ref':'#/$defs/Node'}}}},'type':'object','properties':{'list':{'$ref':'#/$defs/Node',"
                        + "'description':'all'}}}"),
                "p");

        wellFormed(made);
        assertThat(made)
                .isEqualTo(json("{'type':'OBJECT','properties':{'list':{'type':'OBJECT','description':'all',"
                        + "'properties':{'name':{'type':'STRING'},'next':{'type':'OBJECT'}}}}}"));
    }

    @Test
    void definitionsThatGrowWithoutEndAreRefused() {
        StringBuilder text = new StringBuilder("{'type':'object','properties':{'a':{'$ref':'#/$defs/d0'}},'$defs':{");
        for (int i = 0; i < 30; i++) {
            String next = "{'$ref':'#/$defs/d" + (i + 1) + "'}";
            text.append("'d" + i + "':{'type':'object','properties':{'x':" + next + ",'y':" + next + "}},");
        }
        ObjectNode bomb = json(text + "'d30':{'type':'string'}}}");

        assertThatThrownBy(() -> ToolSchema.of(bomb, "session.tools[0].parameters"))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.detail().param()).isEqualTo("session.tools[0].parameters"));
        assertThatThrownBy(() -> ToolSchema.of(json("{'allOf':[{'$ref':'#'}]}"), "p"))
                .isInstanceOf(Refused.class);
    }

    @Test
    void whatTheGeneratorMakesOfJavaTypesStillTakesTheirValues() {
        ObjectNode schema = new SchemaGenerator(
                        new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                                .with(Option.DEFINITIONS_FOR_ALL_OBJECTS, Option.NULLABLE_FIELDS_BY_DEFAULT)
                                .build())
                .generateSchema(Order.class);

        ObjectNode made = ToolSchema.of(schema, "p");

        wellFormed(made);
        assertThat(made.path("properties").propertyNames()).contains("dishes", "table", "notes");
        assertTakes(
                made,
                json("{'dishes':[{'name':'soup','size':'LARGE','price':4.5,'extras':[{'name':'bread','extras':[]}]}],"
                        + "'table':4,'notes':null,'prices':{'soup':4.5}}"));
    }

    /** A dish, which may hold others. */
    record Dish(String name, Size size, double price, List<Dish> extras) {}

    enum Size {
        SMALL,
        LARGE
    }

    record Order(List<Dish> dishes, int table, String notes, Map<String, Double> prices) {}

    /** Each describes itself, with references in circles, unions, and schemas that are true. */
    @ParameterizedTest
    @ValueSource(strings = {"draft-04/schema", "draft-06/schema", "draft-07/schema"})
    void schemasOfSchemasStillTakeThemselves(String resource) throws IOException {
        ObjectNode schema;
        try (InputStream in =
                Objects.requireNonNull(Schema.class.getClassLoader().getResourceAsStream(resource))) {
            schema = Json.parse(in.readAllBytes());
        }

        ObjectNode made = ToolSchema.of(schema, "p");

        wellFormed(made);
        assertThat(made.path("properties").size()).isGreaterThan(30);
        assertTakes(made, schema);
    }

    private static void assertTakes(JsonNode made, JsonNode value) {
        Schema check = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(back(made));
        assertThat(check.validate(value)).isEmpty();
    }

    /** Gemini's schema as JSON Schema again. */
    private static JsonNode back(JsonNode made) {
        ObjectNode schema = Json.object();
        made.properties().forEach(each -> {
            switch (each.getKey()) {
                case "type" -> schema.put("type", each.getValue().asString().toLowerCase(Locale.ROOT));
                case "properties" -> {
                    ObjectNode properties = schema.putObject("properties");
                    each.getValue().properties().forEach(one -> properties.set(one.getKey(), back(one.getValue())));
                }
                case "anyOf" ->
                    each.getValue().forEach(one -> schema.withArray("anyOf").add(back(one)));
                case "items" -> schema.set("items", back(each.getValue()));
                case "nullable" -> {}
                default -> schema.set(each.getKey(), each.getValue());
            }
        });
        if (!made.path("nullable").asBoolean(false)) {
            return schema;
        }
        ObjectNode either = Json.object();
        either.withArray("anyOf").add(schema).addObject().put("type", "null");
        return either;
    }
}
