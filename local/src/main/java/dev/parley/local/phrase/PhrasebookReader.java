package dev.parley.local.phrase;

import dev.parley.RealtimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads the lines of a {@link Phrasebook}. */
final class PhrasebookReader {
    private static final Pattern LIST = Pattern.compile("<([a-z][a-z0-9_]*)>\\s*=(.*)");
    private static final Pattern PRONUNCIATION = Pattern.compile("([a-z][a-z']*)\\s*/([A-Z ]+)/");
    private static final Pattern PHRASE = Pattern.compile("(.*?)->(.*)");
    private static final Pattern VALUE = Pattern.compile("([^{]*)(?:\\{(.*)})?\\s*");

    /** Two rules of a grammar may not have one name, and the demo has some. */
    private static final String OWN = "own_";

    private static final String ONLY = "only";

    private final String name;
    private final Map<Integer, String> lines = new TreeMap<>();
    private final Map<String, SlotKind> kinds = new LinkedHashMap<>();
    private final List<Phrasebook.Rule> rules = new ArrayList<>();
    private final Map<String, String> pronunciations = new LinkedHashMap<>();
    private boolean only;

    PhrasebookReader(String name) {
        this.name = name;
    }

    Phrasebook read(String text) {
        join(text);
        // Lists first, so that they may stand behind what uses them.
        lines.forEach((number, line) -> attempt(number, () -> list(line)));
        lines.forEach((number, line) -> attempt(number, () -> line(line)));
        return new Phrasebook(rules, kinds, pronunciations, only);
    }

    private void join(String text) {
        int number = 0;
        int begun = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (Character.isWhitespace(line.charAt(0)) && begun > 0) {
                lines.merge(begun, line.strip(), (above, below) -> above + " " + below);
            } else {
                begun = number;
                lines.put(begun, line.strip());
            }
        }
    }

    private void attempt(int number, Runnable reading) {
        try {
            reading.run();
        } catch (IllegalArgumentException e) {
            throw new RealtimeException.InvalidConfig("line " + number + " of " + name + ": " + e.getMessage());
        }
    }

    private void list(String line) {
        Matcher list = LIST.matcher(line);
        if (!list.matches()) {
            return;
        }
        Map<Phrase, JsonNode> values = new LinkedHashMap<>();
        for (String each : split(list.group(2))) {
            Matcher value = VALUE.matcher(each);
            if (!value.matches()) {
                throw new IllegalArgumentException(
                        "'" + each.strip() + "' is no value; write the words, and the JSON for it in braces");
            }
            Phrase words = new Phrase(Words.plain(value.group(1)), kind -> {
                throw new IllegalArgumentException("a list cannot have the slot <" + kind + "> in it");
            });
            String json = value.group(2);
            values.put(words, json == null ? JsonNodeFactory.instance.missingNode() : Template.json(json));
        }
        String jsgf =
                values.keySet().stream().map(words -> "(" + words.jsgf() + ")").collect(Collectors.joining(" | "));
        SlotKind kind = new SlotKind(OWN + list.group(1), jsgf, said -> value(values, said));
        if (kinds.put(list.group(1), kind) != null) {
            throw new IllegalArgumentException("<" + list.group(1) + "> is listed a second time");
        }
    }

    private static Optional<Object> value(Map<Phrase, JsonNode> values, List<String> said) {
        for (Map.Entry<Phrase, JsonNode> each : values.entrySet()) {
            if (each.getKey().match(said, Map.of()).isPresent()) {
                String words = String.join(" ", said);
                JsonNode json = each.getValue();
                return Optional.of(
                        new Said(json.isMissingNode() ? JsonNodeFactory.instance.stringNode(words) : json, words));
            }
        }
        return Optional.empty();
    }

    /** The parts between the bars that stand in no brackets, braces or quotation marks. */
    private static List<String> split(String alternatives) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        boolean text = false;
        int begun = 0;
        for (int i = 0; i < alternatives.length(); i++) {
            char c = alternatives.charAt(i);
            text ^= c == '"' && (i == 0 || alternatives.charAt(i - 1) != '\\');
            if (!text) {
                depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
                if (c == '|' && depth == 0) {
                    parts.add(alternatives.substring(begun, i));
                    begun = i + 1;
                }
            }
        }
        parts.add(alternatives.substring(begun));
        return parts;
    }

    private void line(String line) {
        Matcher phrase = PHRASE.matcher(line);
        Matcher pronunciation = PRONUNCIATION.matcher(line);
        if (LIST.matcher(line).matches()) {
            return;
        }
        if (line.equals(ONLY)) {
            only = true;
        } else if (pronunciation.matches()) {
            pronunciations.put(pronunciation.group(1), pronunciation.group(2).strip());
        } else if (phrase.matches()) {
            rule(phrase.group(1), phrase.group(2).strip());
        } else {
            throw new IllegalArgumentException("this is neither 'phrase -> tool {…}' nor 'phrase -> \"words\"' nor"
                    + " '<slot> = value | value' nor 'word /PHONES/' nor 'only'");
        }
    }

    private void rule(String words, String leadsTo) {
        Phrase phrase = new Phrase(Words.plain(words), this::ruleOf);
        Template outcome = Template.of(leadsTo);
        Set<String> unknown = new TreeSet<>(outcome.slots());
        unknown.removeAll(phrase.slots());
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("what it leads to names the slots " + unknown + ", which the phrase"
                    + " does not have; it has " + phrase.slots());
        }
        rules.add(new Phrasebook.Rule(phrase, outcome));
    }

    /** The rule that a kind of slot has in the grammar. */
    private String ruleOf(String kind) {
        @Nullable SlotKind known = kinds.get(kind);
        if (known != null) {
            return known.rule();
        }
        if (SlotKinds.READERS.containsKey(kind)) {
            return kind;
        }
        SlotKind range = SlotKinds.range(kind)
                .orElseThrow(() -> new IllegalArgumentException("there is no kind of slot '" + kind
                        + "'; list its values with <" + kind + "> = one | other, or take one of "
                        + new TreeSet<>(SlotKinds.READERS.keySet()) + " or a range such as 1-12"));
        kinds.put(kind, range);
        return range.rule();
    }
}
