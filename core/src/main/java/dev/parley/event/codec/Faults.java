package dev.parley.event.codec;

import dev.parley.protocol.ErrorDetail;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** The errors of the strict check, in OpenAI's codes. Texts that a client sent are quoted only where they are names. */
public final class Faults {
    private static final int LONGEST_QUOTE = 64;

    private Faults() {}

    /** A field that must be there and is not. */
    public static ErrorDetail missing(String path) {
        return ErrorDetail.invalid("missing_required_parameter", "Missing required parameter: '" + path + "'.", path);
    }

    /** A field that there is not. */
    public static ErrorDetail unknown(String path) {
        return ErrorDetail.invalid("unknown_parameter", "Unknown parameter: '" + path + "'.", path);
    }

    /** A value of another JSON type than {@code expected}, such as {@code a boolean}. */
    public static ErrorDetail type(String path, String expected, JsonNode found) {
        return ErrorDetail.invalid(
                "invalid_type",
                "Invalid type for '" + path + "': expected " + expected + ", but got " + named(found) + " instead.",
                path);
    }

    /** A value that is none of those that are supported. */
    public static ErrorDetail choice(String path, String value, Collection<String> supported) {
        return value(path, "Invalid value: '" + quoted(value) + "'. Supported values are: " + list(supported) + ".");
    }

    /** A value that has the right type and is wrong all the same. */
    public static ErrorDetail value(String path, String message) {
        return ErrorDetail.invalid("invalid_value", message, path);
    }

    static ErrorDetail below(String path, JsonNode found, double least) {
        return ErrorDetail.invalid(kind(found) + "_below_min_value", range(path, ">= ", least, found), path);
    }

    static ErrorDetail above(String path, JsonNode found, double most) {
        return ErrorDetail.invalid(kind(found) + "_above_max_value", range(path, "<= ", most, found), path);
    }

    static ErrorDetail shorter(String path, int length, int least) {
        return ErrorDetail.invalid("string_below_min_length", length(path, "at least " + least, length), path);
    }

    static ErrorDetail longer(String path, int length, int most) {
        return ErrorDetail.invalid("string_above_max_length", length(path, "at most " + most, length), path);
    }

    static ErrorDetail pairs(String path, int found, int most) {
        return ErrorDetail.invalid(
                "object_above_max_properties",
                "Invalid '" + path + "': expected at most " + most + " properties, but got " + found + " instead.",
                path);
    }

    private static String range(String path, String bound, double limit, JsonNode found) {
        return "Invalid '" + path + "': expected a value " + bound + plain(limit) + ", but got "
                + quoted(found.asString()) + " instead.";
    }

    private static String length(String path, String bound, int found) {
        return "Invalid '" + path + "': expected " + bound + " characters, but got " + found + " instead.";
    }

    private static String kind(JsonNode found) {
        return found.isIntegralNumber() ? "integer" : "decimal";
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /** A name that a client sent, cut where it is no name. */
    static String quoted(String value) {
        return value.length() > LONGEST_QUOTE ? value.substring(0, LONGEST_QUOTE) + "…" : value;
    }

    private static String list(Collection<String> values) {
        List<String> quoted = values.stream().map(value -> "'" + value + "'").toList();
        return quoted.size() < 2
                ? String.join("", quoted)
                : String.join(", ", quoted.subList(0, quoted.size() - 1)) + ", and " + quoted.getLast();
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
