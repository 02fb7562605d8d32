package dev.parley.local.phrase;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A pattern of words: words, {@code [optional]}, {@code (one | other)}, and slots, {@code <number>} or, under a name of its
 * own, {@code <nights:number>}. It is the one source of what is recognised in speech and of what is matched in text.
 */
public final class Phrase {
    /** What a slot may be: given words, the value they say. */
    public interface Slot {
        Optional<Object> read(List<String> words);
    }

    private sealed interface Part {}

    private record Word(String text) implements Part {}

    private record SlotName(String name, String rule) implements Part {}

    private record Choice(List<List<Part>> options) implements Part {}

    private static final int LONGEST_SLOT = 24;

    private final List<Part> parts;

    /**
     * A pattern whose slots have rules of the same name.
     *
     * @throws IllegalArgumentException if it is none; the text says why
     */
    public Phrase(String source) {
        this(source, kind -> kind);
    }

    /** A pattern; {@code rules} gives, for the kind of a slot, the name of the rule that it has in a grammar. */
    Phrase(String source, UnaryOperator<String> rules) {
        parts = new PhraseParser(source, rules).whole();
    }

    /** The pattern in JSGF. */
    public String jsgf() {
        return jsgf(parts);
    }

    private static String jsgf(List<Part> parts) {
        return parts.stream()
                .map(part -> switch (part) {
                    case Word word -> word.text();
                    case SlotName slot -> "<" + slot.rule() + ">";
                    case Choice choice -> jsgf(choice);
                })
                .collect(Collectors.joining(" "));
    }

    private static String jsgf(Choice choice) {
        boolean optional = choice.options().contains(List.of());
        String options = choice.options().stream()
                .filter(option -> !option.isEmpty())
                .map(Phrase::jsgf)
                .collect(Collectors.joining(" | "));
        return optional ? "[" + options + "]" : "(" + options + ")";
    }

    /** The names of its slots. */
    Set<String> slots() {
        Set<String> names = new TreeSet<>();
        collect(parts, names);
        return names;
    }

    private static void collect(List<Part> parts, Set<String> names) {
        for (Part part : parts) {
            if (part instanceof SlotName slot) {
                names.add(slot.name());
            } else if (part instanceof Choice choice) {
                choice.options().forEach(option -> collect(option, names));
            }
        }
    }

    /**
     * The values of the slots, in order under each name, if these words are this phrase.
     *
     * @param slots by the names of their rules
     */
    public Optional<Map<String, List<Object>>> match(List<String> words, Map<String, Slot> slots) {
        Map<String, List<Object>> found = new HashMap<>();
        return match(parts, words, slots, found) ? Optional.of(found) : Optional.empty();
    }

    private static boolean match(
            List<Part> parts, List<String> words, Map<String, Slot> slots, Map<String, List<Object>> found) {
        if (parts.isEmpty()) {
            return words.isEmpty();
        }
        List<Part> rest = parts.subList(1, parts.size());
        return switch (parts.getFirst()) {
            case Word word ->
                !words.isEmpty()
                        && words.getFirst().equals(word.text())
                        && match(rest, words.subList(1, words.size()), slots, found);
            case Choice choice -> {
                for (List<Part> option : choice.options()) {
                    List<Part> joined = new ArrayList<>(option);
                    joined.addAll(rest);
                    if (match(joined, words, slots, found)) {
                        yield true;
                    }
                }
                yield false;
            }
            case SlotName slot -> matchSlot(slot, rest, words, slots, found);
        };
    }

    private static boolean matchSlot(
            SlotName wanted,
            List<Part> rest,
            List<String> words,
            Map<String, Slot> slots,
            Map<String, List<Object>> found) {
        Slot slot = slots.get(wanted.rule());
        if (slot == null) {
            throw new IllegalStateException("the phrase names the slot <" + wanted.rule() + ">, which there is not");
        }
        for (int end = Math.min(words.size(), LONGEST_SLOT); end >= 1; end--) {
            Optional<Object> value = slot.read(words.subList(0, end));
            if (value.isPresent()) {
                List<Object> values = found.computeIfAbsent(wanted.name(), n -> new ArrayList<>());
                values.add(value.get());
                if (match(rest, words.subList(end, words.size()), slots, found)) {
                    return true;
                }
                values.removeLast();
            }
        }
        return false;
    }

    /** Reads the tokens of a pattern. */
    private static final class PhraseParser {
        private final String[] tokens;
        private final UnaryOperator<String> rules;
        private int at;

        PhraseParser(String source, UnaryOperator<String> rules) {
            tokens = source.replaceAll("([\\[\\]()|<>])", " $1 ").strip().split("\\s+");
            this.rules = rules;
        }

        List<Part> whole() {
            List<List<Part>> options = new ArrayList<>();
            options.add(sequence());
            while (at < tokens.length && tokens[at].equals("|")) {
                at++;
                options.add(sequence());
            }
            if (at < tokens.length) {
                throw new IllegalArgumentException("there is a '" + tokens[at] + "' with nothing that it closes");
            }
            return options.size() == 1 ? options.getFirst() : List.of(new Choice(options));
        }

        private List<Part> sequence() {
            List<Part> parts = new ArrayList<>();
            while (at < tokens.length && !"|)]".contains(tokens[at])) {
                String token = tokens[at++];
                switch (token) {
                    case "<" -> parts.add(slot());
                    case "(" -> parts.add(new Choice(options(")")));
                    case "[" -> {
                        List<List<Part>> options = options("]");
                        options.add(List.of());
                        parts.add(new Choice(options));
                    }
                    default -> parts.add(word(token));
                }
            }
            if (parts.isEmpty()) {
                throw new IllegalArgumentException("there are no words where some should be");
            }
            return parts;
        }

        private SlotName slot() {
            String[] named = at < tokens.length ? tokens[at++].split(":", 2) : new String[] {""};
            if (!named[0].matches("[a-z][a-z0-9_]*") || at == tokens.length || !tokens[at++].equals(">")) {
                throw new IllegalArgumentException(
                        "a '<' must be followed by a slot's name of small letters, its kind if it has one, and '>', as"
                                + " in <number> or <nights:number>");
            }
            return new SlotName(named[0], rules.apply(named[named.length - 1]));
        }

        private static Word word(String token) {
            if (!token.matches("[a-z][a-z']*")) {
                throw new IllegalArgumentException("'" + token
                        + "' is no word that can be heard; write words in small letters, and numbers in words");
            }
            return new Word(token);
        }

        private List<List<Part>> options(String end) {
            List<List<Part>> options = new ArrayList<>();
            do {
                options.add(sequence());
                if (at == tokens.length) {
                    throw new IllegalArgumentException("a '" + end + "' is missing");
                }
            } while (tokens[at++].equals("|"));
            if (!tokens[at - 1].equals(end)) {
                throw new IllegalArgumentException(
                        "there is a '" + tokens[at - 1] + "' where a '" + end + "' should be");
            }
            return options;
        }
    }
}
