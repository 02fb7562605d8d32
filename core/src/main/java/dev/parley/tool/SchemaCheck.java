package dev.parley.tool;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks arguments against a tool's JSON Schema: types, required and unknown properties, {@code enum} and {@code const},
 * lengths and bounds, {@code anyOf}, {@code oneOf}, {@code allOf} and references within the schema. What else a schema
 * may say is left to the tool.
 */
final class SchemaCheck {
    /** More faults than these help nobody. */
    private static final int MOST = 5;

    private final ObjectNode root;
    private final List<String> faults = new ArrayList<>();

    private SchemaCheck(ObjectNode root) {
        this.root = root;
    }

    /** What is wrong with arguments, in words for the model; quotes no value. Empty: nothing. */
    static List<String> faults(ObjectNode schema, ObjectNode arguments) {
        SchemaCheck check = new SchemaCheck(schema);
        check.value(schema, arguments, "");
        return check.faults;
    }

    private void fault(String at, String what) {
        if (faults.size() < MOST) {
            faults.add((at.isEmpty() ? "the arguments " : "the argument '" + at + "' ") + what);
        }
    }

    private void value(JsonNode given, JsonNode value, String at) {
        JsonNode schema = resolve(given);
        if (schema.isBoolean()) {
            if (!schema.asBoolean()) {
                fault(at, "must not be there");
            }
            return;
        }
        if (!typed(schema.path("type"), value)) {
            fault(at, "must be " + expected(schema));
            return;
        }
        JsonNode constants = schema.path("enum");
        if (constants.isArray() && constants.valueStream().noneMatch(value::equals)) {
            fault(at, "must be one of " + constants);
            return;
        }
        JsonNode constant = schema.path("const");
        if (!constant.isMissingNode() && !constant.equals(value)) {
            fault(at, "must be " + constant);
            return;
        }
        alternatives(schema, value, at);
        if (value instanceof ObjectNode object) {
            object(schema, object, at);
        } else if (value.isArray()) {
            bounds(schema, value.size(), "minItems", "maxItems", "items", at);
            int index = 0;
            for (JsonNode each : value) {
                value(schema.path("items"), each, at + "[" + index++ + "]");
            }
        } else if (value.isString()) {
            String text = value.asString();
            bounds(schema, text.codePointCount(0, text.length()), "minLength", "maxLength", "characters", at);
        } else if (value.isNumber()) {
            number(schema, value, at);
        }
    }

    /** Follows references, a bounded number of times. */
    private JsonNode resolve(JsonNode schema) {
        JsonNode found = schema;
        for (int i = 0; i < 20; i++) {
            String reference = found.path("$ref").asString("");
            if (!reference.startsWith("#")) {
                return found;
            }
            found = root.at(reference.substring(1));
        }
        return found;
    }

    private void alternatives(JsonNode schema, JsonNode value, String at) {
        for (JsonNode each : schema.path("allOf")) {
            value(each, value, at);
        }
        for (String kind : List.of("anyOf", "oneOf")) {
            JsonNode forms = schema.path(kind);
            if (!forms.isEmpty() && forms.valueStream().noneMatch(form -> fits(form, value))) {
                List<String> kinds = forms.valueStream()
                        .map(form -> expected(resolve(form)))
                        .distinct()
                        .toList();
                fault(at, "must be " + String.join(" or ", kinds) + ", in one of the forms that its schema has");
            }
        }
    }

    private boolean fits(JsonNode schema, JsonNode value) {
        SchemaCheck form = new SchemaCheck(root);
        form.value(schema, value, "");
        return form.faults.isEmpty();
    }

    private void object(JsonNode schema, ObjectNode object, String at) {
        JsonNode properties = schema.path("properties");
        JsonNode more = schema.path("additionalProperties");
        for (JsonNode name : schema.path("required")) {
            if (!object.has(name.asString(""))) {
                fault(
                        under(at, name.asString("")),
                        "is missing; it must be " + expected(resolve(properties.path(name.asString("")))));
            }
        }
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            JsonNode known = properties.path(field.getKey());
            String path = under(at, field.getKey());
            if (known.isMissingNode() && more.isBoolean() && !more.asBoolean()) {
                fault(path, "is unknown; there are " + properties.propertyNames());
            } else if (known.isMissingNode()) {
                value(more, field.getValue(), path);
            } else if (!field.getValue().isNull() || required(schema, field.getKey())) {
                // Models write null for what they leave out.
                value(known, field.getValue(), path);
            }
        }
    }

    private static boolean required(JsonNode schema, String name) {
        return schema.path("required")
                .valueStream()
                .anyMatch(each -> each.asString("").equals(name));
    }

    private static String under(String at, String name) {
        return at.isEmpty() ? name : at + "." + name;
    }

    private void bounds(JsonNode schema, int size, String least, String most, String unit, String at) {
        if (size < schema.path(least).asInt(0)) {
            fault(at, "must have at least " + schema.path(least) + " " + unit);
        } else if (size > schema.path(most).asInt(Integer.MAX_VALUE)) {
            fault(at, "must have at most " + schema.path(most) + " " + unit);
        }
    }

    private void number(JsonNode schema, JsonNode value, String at) {
        Optional<BigDecimal> number = value.decimalValueOpt();
        if (number.isEmpty()) {
            fault(at, "must be a number of usual size");
            return;
        }
        bound(schema, "minimum", number.get(), 0, "at least ", at);
        bound(schema, "exclusiveMinimum", number.get(), 1, "more than ", at);
        bound(schema, "maximum", number.get().negate(), 0, "at most ", at);
        bound(schema, "exclusiveMaximum", number.get().negate(), 1, "less than ", at);
    }

    /** An upper bound is a lower bound of the number's negative. */
    private void bound(JsonNode schema, String name, BigDecimal number, int least, String words, String at) {
        JsonNode bound = schema.path(name);
        if (!bound.isNumber()) {
            return;
        }
        BigDecimal limit = name.endsWith("aximum") ? bound.decimalValue().negate() : bound.decimalValue();
        if (number.compareTo(limit) < least) {
            fault(at, "must be " + words + bound);
        }
    }

    private static boolean typed(JsonNode type, JsonNode value) {
        if (type.isArray()) {
            return type.valueStream().anyMatch(each -> typed(each, value));
        }
        return switch (type.asString("")) {
            case "string" -> value.isString();
            case "integer" -> whole(value);
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            case "null" -> value.isNull();
            default -> true;
        };
    }

    /** 3.0 is an integer to JSON Schema. */
    private static boolean whole(JsonNode value) {
        return value.isIntegralNumber() || (value.isNumber() && Math.rint(value.asDouble()) == value.asDouble());
    }

    private static String expected(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            return String.join(
                    " or ", type.valueStream().map(each -> noun(each, schema)).toList());
        }
        return noun(type, schema);
    }

    private static String noun(JsonNode type, JsonNode schema) {
        if (schema.path("enum").isArray()) {
            return "one of " + schema.path("enum");
        }
        String format = schema.path("format").asString("");
        return switch (type.asString("")) {
            case "string" -> "a string" + (format.isEmpty() ? "" : " (" + format + ")");
            case "integer" -> "an integer";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            case "array" -> "an array";
            case "object" -> "an object";
            case "null" -> "null";
            default -> "given";
        };
    }
}
