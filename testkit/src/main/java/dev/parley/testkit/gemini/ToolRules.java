package dev.parley.testkit.gemini;

import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What a function declaration may say: of JSON Schema, the part that {@code parameters} takes. */
final class ToolRules {
    private static final Set<String> FUNCTION = Set.of(
            "name", "description", "parameters", "parametersJsonSchema", "response", "responseJsonSchema", "behavior");
    private static final Set<String> SCHEMA = Set.of(
            "type",
            "format",
            "title",
            "description",
            "nullable",
            "enum",
            "maxItems",
            "minItems",
            "properties",
            "required",
            "minProperties",
            "maxProperties",
            "minLength",
            "maxLength",
            "pattern",
            "example",
            "anyOf",
            "propertyOrdering",
            "default",
            "items",
            "minimum",
            "maximum");
    private static final Set<String> TYPES =
            Set.of("STRING", "NUMBER", "INTEGER", "BOOLEAN", "ARRAY", "OBJECT", "NULL");

    private ToolRules() {}

    static void check(JsonNode function) throws Violation {
        SetupRules.known(function, FUNCTION, "setup.tools[0].function_declarations[0]");
        if (!function.path("name").asString("").matches("[A-Za-z_][A-Za-z0-9_.:-]{0,63}")) {
            throw Violation.invalid("Invalid function name. Must start with a letter or an underscore.");
        }
        if (function.has("parameters") && function.has("parametersJsonSchema")) {
            throw SetupRules.invalidArgument();
        }
        if (function.has("parameters")) {
            schema(function.path("parameters"), "parameters");
        }
    }

    private static void schema(JsonNode schema, String where) throws Violation {
        SetupRules.known(schema, SCHEMA, "setup.tools[0].function_declarations[0]." + where);
        String type = schema.path("type").asString("");
        if (schema.has("type") && !TYPES.contains(type.toUpperCase(Locale.ROOT))) {
            throw Violation.invalid("Invalid value at '" + where + ".type'");
        }
        for (String name : schema.path("properties").propertyNames()) {
            schema(schema.path("properties").path(name), where + ".properties[0].value");
        }
        if (schema.has("items")) {
            schema(schema.path("items"), where + ".items");
        }
        if (type.equalsIgnoreCase("array") && !schema.has("items")) {
            throw Violation.invalid(where + ".items: missing field.");
        }
        for (JsonNode value : schema.path("enum")) {
            if (!value.isString()) {
                throw Violation.invalid("Invalid value at '" + where + ".enum[0]' (TYPE_STRING)");
            }
        }
        for (JsonNode choice : schema.path("anyOf")) {
            schema(choice, where + ".any_of[0]");
        }
        for (JsonNode required : schema.path("required")) {
            if (!schema.path("properties").has(required.asString(""))) {
                throw Violation.invalid(where + ".required[0]: property is not defined");
            }
        }
    }
}
