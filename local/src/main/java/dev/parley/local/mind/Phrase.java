package dev.parley.local.mind;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A pattern of words, written as in a JSGF rule: words, {@code [optional]}, {@code (one | other)} and {@code <slot>}. It
 * is the one source of what is recognised in speech and of what is matched in text.
 */
final class Phrase {
    /** What a slot may be: given words, the value they say. */
    interface Slot {
        Optional<Object> read(List<String> words);
    }

    private sealed interface Part {}

    private record Word(String text) implements Part {}

    private record SlotName(String name) implements Part {}

    private record Choice(List<List<Part>> options) implements Part {}

    private static final int LONGEST_SLOT = 24;

    private final String source;
    private final List<Part> parts;

    Phrase(String source) {
        this.source = source;
        parts = new Parser(source.replaceAll("([\\[\\]()|<>])", " $1 ").strip().split("\\s+")).sequence();
    }

    /** The pattern as it was written, which is JSGF. */
    String jsgf() {
        return source;
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

    /** The values of the slots, in order under each name, if these words are this phrase. */
    Optional<Map<String, List<Object>>> match(List<String> words, Map<String, Slot> slots) {
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
            case SlotName slot -> matchSlot(slot.name(), rest, words, slots, found);
        };
    }

    private static boolean matchSlot(
            String name,
            List<Part> rest,
            List<String> words,
            Map<String, Slot> slots,
            Map<String, List<Object>> found) {
        Slot slot = slots.get(name);
        if (slot == null) {
            throw new IllegalStateException("the phrase names the slot <" + name + ">, which there is not");
        }
        for (int end = Math.min(words.size(), LONGEST_SLOT); end >= 1; end--) {
            Optional<Object> value = slot.read(words.subList(0, end));
            if (value.isPresent()) {
                List<Object> values = found.computeIfAbsent(name, n -> new ArrayList<>());
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
    private static final class Parser {
        private final String[] tokens;
        private int at;

        Parser(String[] tokens) {
            this.tokens = tokens;
        }

        List<Part> sequence() {
            List<Part> parts = new ArrayList<>();
            while (at < tokens.length && !"|)]".contains(tokens[at])) {
                String token = tokens[at++];
                switch (token) {
                    case "<" -> {
                        parts.add(new SlotName(tokens[at++]));
                        at++;
                    }
                    case "(" -> parts.add(new Choice(options()));
                    case "[" -> {
                        List<List<Part>> options = options();
                        options.add(List.of());
                        parts.add(new Choice(options));
                    }
                    default -> parts.add(new Word(token));
                }
            }
            return parts;
        }

        private List<List<Part>> options() {
            List<List<Part>> options = new ArrayList<>();
            do {
                options.add(sequence());
            } while (tokens[at++].equals("|"));
            return options;
        }
    }
}
