package dev.parley.local.settings;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object that a client sent, read field by field; what is wrong is {@link Refused} with the field's path, in OpenAI's
 * words.
 *
 * @param path where the object stands in its event, such as {@code session.audio}; empty for the event itself
 */
public record Fields(ObjectNode json, String path) {
    /** The path of one of this object's fields. */
    public String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** Refuses every field but these. */
    public Fields only(Set<String> known) {
        for (String name : json.propertyNames()) {
            if (!known.contains(name)) {
                throw Refused.of("unknown_parameter", "Unknown parameter: '" + at(name) + "'.", at(name));
            }
        }
        return this;
    }

    public boolean has(String name) {
        return json.has(name);
    }

    public boolean isNull(String name) {
        return json.path(name).isNull();
    }

    /** Whether the field is there and not null. */
    public boolean given(String name) {
        return json.hasNonNull(name);
    }

    public JsonNode raw(String name) {
        return json.path(name);
    }

    public String string(String name) {
        JsonNode value = required(name);
        if (!value.isString()) {
            throw type(name, "a string", value);
        }
        return value.asString();
    }

    /** The field's text, or null where it is absent or null. */
    public @Nullable String optional(String name) {
        return given(name) ? string(name) : null;
    }

    public boolean flag(String name) {
        JsonNode value = required(name);
        if (!value.isBoolean()) {
            throw type(name, "a boolean", value);
        }
        return value.asBoolean();
    }

    public int integer(String name, int least, int most) {
        JsonNode value = required(name);
        if (!value.isIntegralNumber()) {
            throw type(name, "an integer", value);
        }
        return (int) range(name, (double) value.asLong(), least, most);
    }

    public double number(String name, double least, double most) {
        JsonNode value = required(name);
        if (!value.isNumber()) {
            throw type(name, "a number", value);
        }
        return range(name, value.asDouble(), least, most);
    }

    private double range(String name, double value, double least, double most) {
        if (value < least || value > most) {
            boolean low = value < least;
            throw Refused.of(
                    low ? "integer_below_min_value" : "integer_above_max_value",
                    "Invalid '" + at(name) + "': expected a value " + (low ? ">= " + plain(least) : "<= " + plain(most))
                            + ", but got " + plain(value) + " instead.",
                    at(name));
        }
        return value;
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    public Fields object(String name) {
        if (required(name) instanceof ObjectNode object) {
            return new Fields(object, at(name));
        }
        throw type(name, "an object", raw(name));
    }

    public ArrayNode array(String name) {
        if (required(name) instanceof ArrayNode array) {
            return array;
        }
        throw type(name, "an array", raw(name));
    }

    /** The object at an index of an array field. */
    public Fields element(String name, int index) {
        String where = name + "[" + index + "]";
        if (raw(name).path(index) instanceof ObjectNode object) {
            return new Fields(object, at(where));
        }
        throw type(where, "an object", raw(name).path(index));
    }

    /** The field's text, which must be one of these. */
    public String oneOf(String name, List<String> values) {
        String value = string(name);
        if (!values.contains(value)) {
            throw choice(name, value, values);
        }
        return value;
    }

    public Refused choice(String name, String value, List<String> values) {
        String shown = value.length() > 64 ? value.substring(0, 64) + "…" : value;
        List<String> quoted = values.stream().map(v -> "'" + v + "'").toList();
        String list = quoted.size() < 2
                ? String.join("", quoted)
                : String.join(", ", quoted.subList(0, quoted.size() - 1)) + ", and " + quoted.getLast();
        return Refused.value(at(name), "Invalid value: '" + shown + "'. Supported values are: " + list + ".");
    }

    public Refused type(String name, String expected, JsonNode found) {
        return Refused.of(
                "invalid_type",
                "Invalid type for '" + at(name) + "': expected " + expected + ", but got " + named(found) + " instead.",
                at(name));
    }

    private JsonNode required(String name) {
        JsonNode value = json.get(name);
        if (value == null) {
            throw Refused.of("missing_required_parameter", "Missing required parameter: '" + at(name) + "'.", at(name));
        }
        return value;
    }

    private static String named(JsonNode node) {
        if (node.isNull()) {
            return "null";
        }
        if (node.isNumber()) {
            return node.isIntegralNumber() ? "an integer" : "a decimal number";
        }
        String type = node.getNodeType().name().toLowerCase(Locale.ROOT);
        return "aeiou".indexOf(type.charAt(0)) >= 0 ? "an " + type : "a " + type;
    }
}
