package dev.parley.local.mind;

import dev.parley.protocol.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tool that does what an intent wants, with its arguments filled in.
 *
 * @param missing the required parameters that nothing was said about
 */
record ToolFit(Tool tool, ObjectNode arguments, List<String> missing) {
    /** The tool that fits best, by its name first and its description second. */
    static Optional<ToolFit> best(Intent intent, List<Tool> tools) {
        if (intent instanceof Intent.Call call) {
            return tools.stream()
                    .filter(tool -> tool.name().equals(call.tool()))
                    .findFirst()
                    .map(tool -> of(intent, tool));
        }
        Tool best = null;
        int bestScore = 0;
        for (Tool tool : tools) {
            int score = score(intent, tool);
            if (score > bestScore) {
                best = tool;
                bestScore = score;
            }
        }
        return best == null ? Optional.empty() : Optional.of(of(intent, best));
    }

    /** The call to this tool with whatever of the intent its parameters have a place for. */
    static ToolFit of(Intent intent, Tool tool) {
        ObjectNode arguments = intent instanceof Intent.Call call && call.tool().equals(tool.name())
                ? call.arguments().deepCopy()
                : Json.object();
        JsonNode properties = tool.parameters().path("properties");
        List<ToolSlot> slots = new ArrayList<>(ToolSlot.of(intent));
        for (String name : properties.propertyNames()) {
            if (intent instanceof Intent.Other other) {
                Hints.of(other.text()).value(name, properties.path(name)).ifPresent(v -> arguments.set(name, v));
                continue;
            }
            ToolSlot.best(slots, name, properties.path(name)).ifPresent(slot -> {
                arguments.set(name, slot.value(name, properties.path(name)).orElseThrow());
                slots.remove(slot);
            });
        }
        List<String> missing = new ArrayList<>();
        for (JsonNode name : tool.parameters().path("required")) {
            if (!arguments.has(name.asString(""))) {
                missing.add(name.asString(""));
            }
        }
        return new ToolFit(tool, arguments, missing);
    }

    private static int score(Intent intent, Tool tool) {
        Set<String> name = words(tool.name());
        Set<String> all = new HashSet<>(name);
        all.addAll(words(tool.description()));
        return switch (intent) {
            case Intent.Light light -> {
                Set<String> against = light.on() ? Set.of("off") : Set.of("on");
                Set<String> with = light.on() ? Set.of("on") : Set.of("off");
                boolean other = any(name, against) && !any(name, with);
                int fits = about(name, all, Set.of("light", "lights", "lamp", "lamps", "lighting"));
                boolean asks = any(name, Set.of("get", "is", "check", "list", "read", "status", "color", "colour"));
                yield other || asks ? 0 : fits + (any(name, with) ? 1 : 0);
            }
            case Intent.Booking booking -> {
                Set<String> verbs = Set.of("book", "reserve", "reservation", "booking");
                boolean undo =
                        any(name, Set.of("cancel", "get", "list", "find", "delete", "change", "flight", "hotel"));
                boolean place = any(all, Set.of("table", "restaurant", "dinner", "reservation"));
                yield undo || !place ? 0 : about(name, all, verbs);
            }
            case Intent.Time time -> asked(name, all, Set.of("time", "clock", "datetime", "now"));
            case Intent.Date date -> asked(name, all, Set.of("date", "day", "today", "datetime", "calendar"));
            case Intent.Arithmetic sum -> {
                String verb =
                        switch (sum.operation()) {
                            case PLUS -> "add";
                            case MINUS -> "subtract";
                            case TIMES -> "multiply";
                            case DIVIDED_BY -> "divide";
                        };
                yield about(name, name, Set.of(verb, "calculate", "calculator", "arithmetic", "math", "compute"));
            }
            case Intent.Weather weather ->
                any(name, Set.of("set", "update", "alert", "subscribe"))
                        ? 0
                        : about(name, all, Set.of("weather", "forecast", "temperature"));
            case Intent.Other other -> Hints.of(other.text()).score(name);
            case Intent.Digits digits -> any(name, Set.of("number", "phone", "digits")) ? 2 : 0;
            case Intent.Goodbye bye ->
                any(name, Set.of("hangup", "goodbye"))
                                || name.containsAll(Set.of("hang", "up"))
                                || (name.contains("end") && any(name, Set.of("call", "conversation", "session")))
                        ? 2
                        : 0;
            default -> 0;
        };
    }

    /** 4 if the name says it, 1 if only the description does. */
    private static int about(Set<String> name, Set<String> all, Set<String> words) {
        return any(name, words) ? 4 : any(all, words) ? 1 : 0;
    }

    /** For tools that tell something: the name must say it, and must not be about doing something with it. */
    private static int asked(Set<String> name, Set<String> all, Set<String> words) {
        Set<String> doing = Set.of(
                "set",
                "book",
                "schedule",
                "add",
                "create",
                "convert",
                "zone",
                "timezone",
                "weather",
                "update",
                "travel");
        return any(name, words) && !any(name, doing) ? about(name, all, words) : 0;
    }

    private static boolean any(Set<String> words, Set<String> wanted) {
        return wanted.stream().anyMatch(words::contains);
    }

    /** The words of a name such as {@code turnOnLight} or {@code turn-on_light}, in lower case. */
    static Set<String> words(String name) {
        String spaced = name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
        return new HashSet<>(Arrays.asList(spaced.split("[^a-z0-9]+")));
    }
}
