package dev.parley.local.mind;

import dev.parley.local.phrase.Outcome;
import dev.parley.local.phrase.Phrase;
import dev.parley.local.phrase.Phrasebook;
import dev.parley.local.phrase.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The phrases that the demo knows, and what each means: for typed text, and as a grammar for the ears. */
public final class Intents {
    /** The longest text that can be a request, in characters. */
    private static final int LONGEST = 300;

    /** Words around a request that change nothing. */
    private static final List<Phrase> POLITE_STARTS = List.of(
            new Phrase("(hey | hi | hello | okay | ok) [parley]"),
            new Phrase("parley"),
            new Phrase("please"),
            new Phrase("(can | could | would | will) you [please]"),
            new Phrase("i (want | need) [you] to"),
            new Phrase("i would like [[you] to]"),
            new Phrase("(then | also)"));

    private static final List<String> POLITE_ENDS = List.of("please", "thanks", "parley", "now");

    /** The demo's phrases. */
    public static final Intents DEMO = new Intents(Phrasebook.EMPTY);

    private final Phrasebook book;
    private final List<DemoPhrases.Rule> demo;

    /** The demo's phrases, and before them those of an application, unless it wants only its own. */
    public Intents(Phrasebook book) {
        this.book = book;
        demo = book.only() ? List.of() : DemoPhrases.RULES;
    }

    /** Whether the demo's phrases are among them. */
    boolean demo() {
        return !demo.isEmpty();
    }

    /** What a text means, typed or recognised. */
    Optional<Intent> match(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        return matchPolitely(Words.of(text));
    }

    /** What a text means that may ask for several things, one after the other with "and" between; empty: unknown. */
    List<Intent> matchAll(String text) {
        return match(text).map(List::of).orElseGet(() -> text.length() > LONGEST ? List.of() : parts(Words.of(text)));
    }

    private List<Intent> parts(List<String> words) {
        for (int i = words.size() - 1; i > 0; i--) {
            if (words.get(i).equals("and") && i + 1 < words.size()) {
                Optional<Intent> last = matchPolitely(words.subList(i + 1, words.size()));
                List<String> before = words.subList(0, i);
                List<Intent> others = last.isEmpty()
                        ? List.of()
                        : matchPolitely(before).map(List::of).orElseGet(() -> parts(before));
                if (!others.isEmpty()) {
                    return Stream.concat(others.stream(), last.stream()).toList();
                }
            }
        }
        return List.of();
    }

    private Optional<Intent> matchPolitely(List<String> words) {
        return matchWords(words).or(() -> matchWords(withoutPoliteness(words)));
    }

    private Optional<Intent> matchWords(List<String> words) {
        Optional<Outcome> own = book.match(words);
        if (own.isPresent()) {
            return own.map(Intents::intent);
        }
        for (DemoPhrases.Rule rule : demo) {
            Optional<Map<String, List<Object>>> slots = rule.phrase().match(words, Slots.READERS);
            if (slots.isPresent()) {
                return Optional.of(rule.meaning().apply(slots.get()));
            }
        }
        return Optional.empty();
    }

    private static Intent intent(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Call call -> new Intent.Call(call.tool(), call.arguments());
            case Outcome.Say say -> new Intent.Say(say.words());
        };
    }

    private static List<String> withoutPoliteness(List<String> words) {
        List<String> left = words;
        boolean cut = true;
        while (cut && !left.isEmpty()) {
            cut = false;
            for (Phrase start : POLITE_STARTS) {
                for (int end = Math.min(6, left.size()); end > 0 && !cut; end--) {
                    if (start.match(left.subList(0, end), Map.of()).isPresent()) {
                        left = left.subList(end, left.size());
                        cut = true;
                    }
                }
            }
        }
        while (!left.isEmpty() && POLITE_ENDS.contains(left.getLast())) {
            left = left.subList(0, left.size() - 1);
        }
        return left;
    }

    /** All phrases as a JSGF grammar, with its numbers in words. */
    public String grammar() {
        StringBuilder grammar = new StringBuilder("#JSGF V1.0;\ngrammar demo;\n")
                .append(Slots.RULES)
                .append(book.slotRules());
        List<String> names = new ArrayList<>();
        List<String> phrases = Stream.concat(
                        book.phrases().stream(),
                        demo.stream()
                                .filter(DemoPhrases.Rule::spoken)
                                .map(rule -> rule.phrase().jsgf()))
                .toList();
        for (String phrase : phrases) {
            String name = "<phrase" + names.size() + ">";
            names.add(name);
            grammar.append(name).append(" = ").append(phrase).append(";\n");
        }
        return grammar.append("<polite> = please | (can | could | would) you [please] | i (want | would like) to;\n")
                .append("public <said> = [<polite>] (")
                .append(String.join(" | ", names))
                .append(") [please];\n")
                .toString();
    }
}
