package dev.parley.local.mind;

import dev.parley.local.phrase.Numbers;
import dev.parley.local.phrase.Times;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/**
 * Something that was said and that a parameter may take.
 *
 * @param names the words by which a parameter asks for it
 * @param value a {@link Boolean}, an {@link Integer} or text
 * @param others other ways to say it, tried where a parameter lists its values
 */
record ToolSlot(Set<String> names, Object value, List<String> others) {
    /** All that an intent says. */
    static List<ToolSlot> of(Intent intent) {
        return switch (intent) {
            case Intent.Light light -> {
                ToolSlot state = new ToolSlot(
                        Set.of(
                                "on", "off", "state", "power", "status", "enabled", "action", "mode", "switch", "turn",
                                "value"),
                        light.on(),
                        light.on()
                                ? List.of("on", "turn on", "switch on", "true", "enabled", "enable", "1")
                                : List.of("off", "turn off", "switch off", "false", "disabled", "disable", "0"));
                Set<String> place =
                        Set.of("room", "location", "place", "area", "zone", "where", "light", "lamp", "device", "name");
                String room = light.room().isEmpty() ? "all" : light.room();
                yield List.of(state, new ToolSlot(place, room, List.of(room + " light", room + " lights")));
            }
            case Intent.Booking booking ->
                List.of(
                        new ToolSlot(
                                Set.of(
                                        "people", "persons", "party", "guests", "size", "seats", "count", "number",
                                        "covers"),
                                booking.people(),
                                List.of(Numbers.words(booking.people()))),
                        new ToolSlot(Set.of("time", "at", "hour", "when"), Times.digits(booking.time()), List.of()),
                        new ToolSlot(
                                Set.of("day", "date"),
                                booking.day().isEmpty() ? "today" : booking.day(),
                                List.of("today")));
            case Intent.Arithmetic sum ->
                List.of(
                        new ToolSlot(Set.of("a", "x", "first", "left", "number1", "augend"), sum.a(), List.of()),
                        new ToolSlot(Set.of("b", "y", "second", "right", "number2", "addend"), sum.b(), List.of()),
                        new ToolSlot(
                                Set.of("operation", "operator", "op"),
                                sum.operation().words(),
                                others(sum.operation())),
                        new ToolSlot(
                                Set.of("expression", "formula", "calculation"),
                                sum.a() + " " + others(sum.operation()).getFirst() + " " + sum.b(),
                                List.of()));
            case Intent.Weather weather
            when !weather.place().isEmpty() ->
                List.of(new ToolSlot(
                        Set.of("city", "place", "location", "town", "where", "region", "area", "name", "query"),
                        weather.place(),
                        List.of(weather.place().toLowerCase(Locale.ROOT))));
            case Intent.Digits digits ->
                List.of(new ToolSlot(Set.of("number", "phone", "digits", "text", "value"), digits.digits(), List.of()));
            default -> List.of();
        };
    }

    private static List<String> others(Intent.Operation operation) {
        return switch (operation) {
            case PLUS -> List.of("+", "add", "addition", "sum");
            case MINUS -> List.of("-", "subtract", "subtraction");
            case TIMES -> List.of("*", "multiply", "multiplication");
            case DIVIDED_BY -> List.of("/", "divide", "division");
        };
    }

    /** The slot that a parameter asks for: by its name, else its description; or the only one of its type. */
    static Optional<ToolSlot> best(List<ToolSlot> slots, String name, JsonNode schema) {
        Set<String> words = ToolFit.words(name);
        Set<String> described = ToolFit.words(schema.path("description").asString(""));
        ToolSlot best = null;
        int bestScore = 0;
        for (ToolSlot slot : slots) {
            if (slot.value(name, schema).isEmpty()) {
                continue;
            }
            int score = slot.names.stream().anyMatch(words::contains) ? 4 : 0;
            score += slot.names.stream().anyMatch(described::contains) ? 2 : 0;
            score += schema.path("type").asString("").equals("boolean") || schema.has("enum") ? 1 : 0;
            if (score > bestScore) {
                best = slot;
                bestScore = score;
            }
        }
        return Optional.ofNullable(best);
    }

    /** This slot's value as the parameter takes it, if it can. */
    Optional<JsonNode> value(String name, JsonNode schema) {
        for (JsonNode choice : schema.path("enum")) {
            String option = plain(choice.asString(""));
            if (option.equals(plain(value.toString())) || others.contains(option)) {
                return Optional.of(choice);
            }
        }
        if (schema.has("enum")) {
            return Optional.empty();
        }
        JsonNode type = schema.path("type");
        String wanted = type.isArray() ? type.path(0).asString("") : type.asString("string");
        return switch (wanted) {
            case "boolean" ->
                value instanceof Boolean on
                        // A parameter named "off" asks for the contrary.
                        ? Optional.of(
                                BooleanNode.valueOf(on != ToolFit.words(name).contains("off")))
                        : Optional.empty();
            case "integer", "number" ->
                value instanceof Integer number ? Optional.of(IntNode.valueOf(number)) : Optional.empty();
            case "string" -> Optional.of(text(value instanceof Boolean ? others.getFirst() : value.toString()));
            default -> Optional.empty();
        };
    }

    private static StringNode text(String text) {
        return JsonNodeFactory.instance.stringNode(text);
    }

    private static String plain(String value) {
        return value.toLowerCase(Locale.ROOT).replaceAll("[_\\-]+", " ").strip();
    }
}
