package dev.parley.tool;

import dev.parley.protocol.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The types of arguments that are one value: texts, numbers, times. */
final class Scalars {
    private static final Map<Class<?>, ArgumentType> TYPES = new HashMap<>();

    static {
        put(typed("string"), (value, at) -> value.asString(), String.class, CharSequence.class);
        put(typed("boolean"), (value, at) -> value.asBoolean(), boolean.class, Boolean.class);
        put(typed("string").put("minLength", 1).put("maxLength", 1), Scalars::character, char.class, Character.class);
        whole(Byte.MIN_VALUE, Byte.MAX_VALUE, BigInteger::byteValueExact, byte.class, Byte.class);
        whole(Short.MIN_VALUE, Short.MAX_VALUE, BigInteger::shortValueExact, short.class, Short.class);
        whole(Integer.MIN_VALUE, Integer.MAX_VALUE, BigInteger::intValueExact, int.class, Integer.class);
        whole(Long.MIN_VALUE, Long.MAX_VALUE, BigInteger::longValueExact, long.class, Long.class);
        put(typed("integer"), Scalars::whole, BigInteger.class);
        put(typed("number"), (value, at) -> decimal(value, at).doubleValue(), double.class, Double.class, Number.class);
        put(typed("number"), (value, at) -> decimal(value, at).floatValue(), float.class, Float.class);
        put(typed("number"), Scalars::decimal, BigDecimal.class);
        text("date", "a date such as 2026-11-23", LocalDate::parse, LocalDate.class);
        text("time", "a time of day without offset, such as 14:30", LocalTime::parse, LocalTime.class);
        text(
                "date-time",
                "a date and time without offset, such as 2026-11-23T14:30:00",
                LocalDateTime::parse,
                LocalDateTime.class);
        text("date-time", "a date and time with offset, such as 2026-11-23T14:30:00Z", Instant::parse, Instant.class);
        text(
                "date-time",
                "a date and time with offset, such as 2026-11-23T14:30:00+01:00",
                OffsetDateTime::parse,
                OffsetDateTime.class);
        text(
                "date-time",
                "a date and time with offset, such as 2026-11-23T14:30:00+01:00",
                ZonedDateTime::parse,
                ZonedDateTime.class);
        text("duration", "a duration in ISO 8601, such as PT1H30M", Duration::parse, Duration.class);
        text("uuid", "a UUID", UUID::fromString, UUID.class);
        text("uri", "a URI", URI::create, URI.class);
    }

    private Scalars() {}

    /** The type of an argument of a class, or null if it is none of these. */
    static @Nullable ArgumentType of(Class<?> type) {
        return TYPES.get(type);
    }

    /** A schema of a type. */
    static ObjectNode typed(String type) {
        return Json.object().put("type", type);
    }

    private static void put(ObjectNode schema, ArgumentType.Reader reader, Class<?>... classes) {
        for (Class<?> each : classes) {
            TYPES.put(each, ArgumentType.of(schema, reader));
        }
    }

    /** Without its bounds in the schema, which models read as a hint. */
    private static void whole(long least, long most, Function<BigInteger, Object> exact, Class<?>... classes) {
        put(
                typed("integer"),
                (value, at) -> {
                    try {
                        return exact.apply(whole(value, at));
                    } catch (ArithmeticException e) {
                        throw new ArgumentFault(at, "an integer from " + least + " to " + most);
                    }
                },
                classes);
    }

    private static BigInteger whole(JsonNode value, String at) throws ArgumentFault {
        try {
            return decimal(value, at).toBigIntegerExact();
        } catch (ArithmeticException e) {
            throw new ArgumentFault(at, "an integer");
        }
    }

    private static BigDecimal decimal(JsonNode value, String at) throws ArgumentFault {
        // 1e999 has no decimal value, being read as infinity.
        return value.decimalValueOpt().orElseThrow(() -> new ArgumentFault(at, "a number of usual size"));
    }

    private static Object character(JsonNode value, String at) throws ArgumentFault {
        String text = value.asString();
        if (text.length() != 1) {
            throw new ArgumentFault(at, "one character");
        }
        return text.charAt(0);
    }

    private static void text(String format, String expected, Function<String, Object> parser, Class<?> type) {
        ObjectNode schema = typed("string").put("format", format);
        if (expected.contains("without offset")) {
            // The format alone asks for an offset.
            schema.put("description", expected);
        }
        put(
                schema,
                (value, at) -> {
                    try {
                        return parser.apply(value.asString());
                    } catch (DateTimeException | IllegalArgumentException e) {
                        throw new ArgumentFault(at, expected);
                    }
                },
                type);
    }
}
