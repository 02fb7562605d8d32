package dev.parley.local.phrase;

import dev.parley.protocol.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An outcome with places for slots: {@code book_table {"people": <people>}}, or words to say,
 * {@code "A table for <people>."}
 *
 * @param tool empty: the pattern is what to say
 * @param pattern the arguments, or the words
 */
record Template(String tool, JsonNode pattern) {
    /** Marks a place for a slot's value, as opposed to its words within a text. */
    private static final String VALUE = "\u0001";

    private static final Pattern SLOT = Pattern.compile("<([a-z][a-z0-9_]*)>");
    private static final Pattern CALL = Pattern.compile("([a-zA-Z0-9_-]{1,64})\\s*(\\{.*})?", Pattern.DOTALL);

    /** Reads what stands behind an arrow. */
    static Template of(String source) {
        if (source.startsWith("\"")) {
            JsonNode words = json(source);
            if (!words.isString() || words.asString().isBlank()) {
                throw new IllegalArgumentException("there are no words to say between the quotation marks");
            }
            return new Template("", words);
        }
        Matcher call = CALL.matcher(source);
        if (!call.matches()) {
            throw new IllegalArgumentException(
                    "behind '->' there must be a tool's name and its arguments as a JSON object, or words to say in"
                            + " quotation marks");
        }
        String arguments = call.group(2);
        return new Template(call.group(1), arguments == null ? Json.object() : json(marked(arguments)));
    }

    static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("this is no JSON: " + text.replace("\"\\u0001", "<"), e);
        }
    }

    /** JSON in which each slot that stands for a value is a marked text. */
    private static String marked(String source) {
        StringBuilder json = new StringBuilder();
        boolean text = false;
        for (int i = 0; i < source.length(); i++) {
            char c = source.charAt(i);
            Matcher slot = SLOT.matcher(source).region(i, source.length());
            if (!text && slot.lookingAt()) {
                json.append("\"\\u0001").append(slot.group(1)).append('"');
                i = slot.end() - 1;
            } else {
                text ^= c == '"';
                json.append(c);
                if (text && c == '\\' && i + 1 < source.length()) {
                    json.append(source.charAt(++i));
                }
            }
        }
        return json.toString();
    }

    /** The slots that it has places for. */
    Set<String> slots() {
        Set<String> names = new TreeSet<>();
        collect(pattern, names);
        return names;
    }

    private static void collect(JsonNode node, Set<String> names) {
        if (node.isString()) {
            String text = node.asString();
            if (text.startsWith(VALUE)) {
                names.add(text.substring(1));
            } else {
                SLOT.matcher(text).results().forEach(slot -> names.add(slot.group(1)));
            }
        }
        for (JsonNode inner : node) {
            collect(inner, names);
        }
    }

    /** The outcome with what was said; what was not said is left out. */
    Outcome fill(Map<String, List<Object>> said) {
        if (tool.isEmpty()) {
            return new Outcome.Say(words(pattern.asString(), said));
        }
        return filled(pattern, said) instanceof ObjectNode arguments
                ? new Outcome.Call(tool, arguments)
                : new Outcome.Call(tool, Json.object());
    }

    private static @Nullable JsonNode filled(JsonNode node, Map<String, List<Object>> said) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = Json.object();
            for (String name : object.propertyNames()) {
                JsonNode value = filled(object.path(name), said);
                if (value != null) {
                    copy.set(name, value);
                }
            }
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            for (JsonNode element : array) {
                JsonNode value = filled(element, said);
                if (value != null) {
                    copy.add(value);
                }
            }
            return copy;
        }
        return node.isString() ? text(node.asString(), said) : node;
    }

    private static @Nullable JsonNode text(String text, Map<String, List<Object>> said) {
        if (text.startsWith(VALUE)) {
            Said value = first(said, text.substring(1));
            return value == null ? null : value.value();
        }
        return JsonNodeFactory.instance.stringNode(words(text, said));
    }

    private static String words(String text, Map<String, List<Object>> said) {
        String filled = SLOT.matcher(text).replaceAll(slot -> {
            Said value = first(said, slot.group(1));
            return value == null ? "" : Matcher.quoteReplacement(value.words());
        });
        // A time brings its own full stop along, and what was not said leaves its space behind.
        return filled.strip().replace(".m..", ".m.").replaceAll(" {2,}", " ").replaceAll(" ([.,!?])", "$1");
    }

    private static @Nullable Said first(Map<String, List<Object>> said, String slot) {
        List<Object> values = said.getOrDefault(slot, List.of());
        return values.isEmpty() ? null : (Said) values.getFirst();
    }
}
