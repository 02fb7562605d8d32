package dev.parley.event.codec;

import dev.parley.protocol.ErrorDetail;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A text, a truth value or a number. */
enum Scalar implements Shape {
    STRING("a string") {
        @Override
        public @Nullable Object read(JsonNode json) {
            return json.isString() ? json.asString() : null;
        }
    },
    BOOLEAN("a boolean") {
        @Override
        public @Nullable Object read(JsonNode json) {
            return json.isBoolean() ? json.asBoolean() : null;
        }
    },
    INTEGER("an integer") {
        @Override
        public @Nullable Object read(JsonNode json) {
            return json.isIntegralNumber() && json.canConvertToInt() ? json.intValue() : null;
        }
    },
    LONG("an integer") {
        @Override
        public @Nullable Object read(JsonNode json) {
            return json.isIntegralNumber() && json.canConvertToLong() ? json.longValue() : null;
        }
    },
    /** Whole or not, as it was written: 1 stays 1, and 1.0 stays 1.0. */
    NUMBER("a number") {
        @Override
        public @Nullable Object read(JsonNode json) {
            return json.isNumber() ? json.numberValue() : null;
        }
    };

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String expected;

    Scalar(String expected) {
        this.expected = expected;
    }

    @Override
    public JsonNode write(Object value) {
        return switch (value) {
            case String text -> NODES.stringNode(text);
            case Boolean flag -> NODES.booleanNode(flag);
            case Integer number -> NODES.numberNode(number.intValue());
            case Long number -> whole(number);
            case Double number -> NODES.numberNode(number.doubleValue());
            case Float number -> NODES.numberNode(number.floatValue());
            case BigInteger number -> NODES.numberNode(number);
            case BigDecimal number -> NODES.numberNode(number);
            default -> throw new IllegalArgumentException("no JSON value: " + value.getClass());
        };
    }

    /** The narrowest node, which is the one that a parser makes. */
    private static JsonNode whole(long number) {
        return (int) number == number ? NODES.numberNode((int) number) : NODES.numberNode(number);
    }

    @Override
    public Object neutral() {
        return switch (this) {
            case STRING -> "";
            case BOOLEAN -> false;
            case LONG -> 0L;
            case INTEGER, NUMBER -> 0;
        };
    }

    @Override
    public String expected() {
        return expected;
    }

    @Override
    public @Nullable ErrorDetail fault(JsonNode json, String path, Limits limits) {
        boolean whole = this == INTEGER || this == LONG;
        if (whole ? !json.isIntegralNumber() : read(json) == null) {
            return Faults.type(path, expected, json);
        }
        if (this == INTEGER && !json.canConvertToInt()) {
            return Faults.above(path, json, Integer.MAX_VALUE);
        }
        return limits.fault(json, path);
    }
}
