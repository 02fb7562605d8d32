package dev.parley.local.phrase;

import dev.parley.RealtimeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The phrases of an application, which the embedded provider then hears and understands beside its own and before them:
 * what can be said, and which tool is called, or what is said, in return. Immutable.
 *
 * <pre>{@code
 * # What comes first on a line says what the line is; one that begins with a space goes on with the line above it.
 * <grip> = open {true} | (close | shut) {false}
 * <grip> the gripper              -> move_gripper {"open": <grip>}
 * move <cm:1-30> centimeters up   -> move_arm {"direction": "up", "centimeters": <cm>}
 * [parley] who built you          -> "Some people in a workshop did."
 * parley /P AA R L IY/
 * only
 * }</pre>
 *
 * <p>A slot is {@code <kind>} or {@code <name:kind>}. Kinds are {@code number} (0 to 999), ranges such as {@code 1-30},
 * {@code digits} (2 to 10 of them, a text), {@code time} (a text, {@code 19:30}), and those that the phrasebook lists, each
 * value with the JSON that stands for it; without it, its words are the value. An argument whose slot was not said is
 * left out. Words are English; one that the CMU dictionary does not have needs a line with its phones. A line
 * {@code only} leaves the demo's own phrases out, so that the ears are loaded sooner and have less to mistake.
 */
public final class Phrasebook {
    /** No phrases. */
    public static final Phrasebook EMPTY = new Phrasebook(List.of(), Map.of(), Map.of(), false);

    private static final String CLASSPATH = "classpath:";

    private final List<Rule> rules;
    private final Map<String, SlotKind> kinds;
    private final Map<String, String> pronunciations;
    private final Map<String, Phrase.Slot> readers;
    private final boolean only;

    /** A phrase and what it leads to. */
    record Rule(Phrase phrase, Template outcome) {}

    Phrasebook(List<Rule> rules, Map<String, SlotKind> kinds, Map<String, String> pronunciations, boolean only) {
        this.rules = List.copyOf(rules);
        this.kinds = Map.copyOf(kinds);
        this.pronunciations = Map.copyOf(pronunciations);
        this.only = only;
        readers = new HashMap<>(SlotKinds.READERS);
        kinds.values().forEach(kind -> readers.put(kind.rule(), kind.reader()));
    }

    /**
     * The phrases that lines hold.
     *
     * @throws RealtimeException.InvalidConfig if a line is wrong; the text says which and why
     */
    public static Phrasebook of(String lines) {
        return new PhrasebookReader("the phrasebook").read(lines);
    }

    /**
     * The phrases in a file.
     *
     * @param place its path, or {@code classpath:} and a resource, in UTF-8
     * @throws RealtimeException.InvalidConfig if it cannot be read or a line is wrong; the text says which and why
     */
    public static Phrasebook load(String place) {
        String lines;
        try {
            lines = place.startsWith(CLASSPATH)
                    ? resource(place.substring(CLASSPATH.length()))
                    : Files.readString(Path.of(place));
        } catch (IOException e) {
            throw new RealtimeException.InvalidConfig("the phrasebook '" + place
                    + "' cannot be read; name a file in UTF-8, or classpath: and a resource");
        }
        return new PhrasebookReader("the phrasebook '" + place + "'").read(lines);
    }

    private static String resource(String name) throws IOException {
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        String path = name.startsWith("/") ? name.substring(1) : name;
        try (InputStream in =
                (application == null ? Phrasebook.class.getClassLoader() : application).getResourceAsStream(path)) {
            if (in == null) {
                throw new IOException("there is no such resource");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Whether it has no phrases. */
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /** Whether nothing else is to be understood. */
    public boolean only() {
        return only;
    }

    /** What these words lead to, if they are one of the phrases. */
    public Optional<Outcome> match(List<String> words) {
        for (Rule rule : rules) {
            Optional<Map<String, List<Object>>> said = rule.phrase().match(words, readers);
            if (said.isPresent()) {
                return Optional.of(rule.outcome().fill(said.get()));
            }
        }
        return Optional.empty();
    }

    /** The phrases in JSGF, each a sequence or choice. */
    public List<String> phrases() {
        return rules.stream().map(rule -> "(" + rule.phrase().jsgf() + ")").toList();
    }

    /** The JSGF rules of the kinds of slots that it brings along; those of {@link SlotKinds#RULES} are needed beside them. */
    public String slotRules() {
        StringBuilder jsgf = new StringBuilder();
        kinds.values()
                .forEach(kind -> jsgf.append('<')
                        .append(kind.rule())
                        .append("> = ")
                        .append(kind.jsgf())
                        .append(";\n"));
        return jsgf.toString();
    }

    /** How words are pronounced that the dictionary does not have, in its phones. */
    public Map<String, String> pronunciations() {
        return pronunciations;
    }

    /** Its size and nothing of what it holds. */
    @Override
    public String toString() {
        return "Phrasebook[" + rules.size() + " phrases]";
    }
}
