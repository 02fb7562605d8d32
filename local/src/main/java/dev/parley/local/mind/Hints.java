package dev.parley.local.mind;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What can be read from a text that is none of the phrases: whether a tool's name speaks of the same thing, and what
 * there is for its parameters. Guesswork, so that a tool of one's own can be tried with a typed question.
 *
 * @param text as it was typed
 * @param words of the text, in lower case
 */
record Hints(String text, List<String> words) {
    /** Words in the names of tools that say nothing about their subject. */
    private static final Set<String> COMMON = Set.of(
            "a",
            "an",
            "the",
            "my",
            "me",
            "of",
            "for",
            "in",
            "on",
            "to",
            "by",
            "with",
            "and",
            "is",
            "do",
            "get",
            "set",
            "look",
            "lookup",
            "up",
            "find",
            "search",
            "fetch",
            "check",
            "show",
            "list",
            "read",
            "make",
            "create",
            "add",
            "update",
            "delete",
            "cancel",
            "send",
            "tool",
            "function",
            "current",
            "info",
            "data",
            "id",
            "user",
            "you");

    /** A name or value after the word that leads to it, up to the next such word. */
    private static final Pattern NAMED = Pattern.compile(
            "\\b(?:in|for|at|to|from|of|about|with|named|called)\\s+(?:the\\s+)?"
                    + "(.+?)(?=\\s+(?:in|for|at|to|from|of|about|with|and|on|please|today|tomorrow|now)\\b|[?.!,;]|$)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}(?:\\.\\d{1,9})?");
    private static final Pattern CODE = Pattern.compile("\\b[A-Za-z0-9-]*\\d[A-Za-z0-9-]*\\b");

    static Hints of(String text) {
        String cut = text.length() > 300 ? text.substring(0, 300) : text;
        return new Hints(cut, Arrays.asList(cut.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")));
    }

    /** How far a tool whose name has these words is about what the text is about; 0: not at all. */
    int score(Set<String> name) {
        int score = 0;
        for (String word : name) {
            String one = word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
            if (word.length() > 2 && !COMMON.contains(word) && (words.contains(one) || words.contains(one + "s"))) {
                score += 2;
            }
        }
        return score;
    }

    /** What the text says for a parameter, if it does. */
    Optional<JsonNode> value(String name, JsonNode schema) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        for (JsonNode choice : schema.path("enum")) {
            String option = choice.asString("").toLowerCase(Locale.ROOT).replaceAll("[_-]+", " ");
            if (!option.isEmpty() && (" " + String.join(" ", words) + " ").contains(" " + option + " ")) {
                return Optional.of(choice);
            }
        }
        if (schema.has("enum")) {
            return Optional.empty();
        }
        return switch (schema.path("type").asString("string")) {
            case "integer" -> first(NUMBER, 0).map(number -> nodes.numberNode((long) Double.parseDouble(number)));
            case "number" -> first(NUMBER, 0).map(number -> nodes.numberNode(Double.parseDouble(number)));
            case "string" -> string(name).map(nodes::stringNode);
            default -> Optional.empty();
        };
    }

    private Optional<String> string(String name) {
        Set<String> asked = ToolFit.words(name);
        if (asked.contains("id") || asked.contains("number") || asked.contains("code")) {
            return first(CODE, 0);
        }
        if (asked.contains("query") || asked.contains("question") || asked.contains("text")) {
            return Optional.of(text.strip());
        }
        return first(NAMED, 1);
    }

    private Optional<String> first(Pattern pattern, int group) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(group).strip()) : Optional.empty();
    }
}
