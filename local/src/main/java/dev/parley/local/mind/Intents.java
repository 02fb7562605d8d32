package dev.parley.local.mind;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The phrases that the demo knows, and what each means: for typed text, and as a grammar for the ears. */
public final class Intents {
    /**
     * A phrase and what its slots come to.
     *
     * @param spoken whether the ears are to know it; what names anything at all can be typed only
     */
    private record Rule(Phrase phrase, boolean spoken, Function<Map<String, List<Object>>, Intent> meaning) {}

    /** The longest text that can be a request, in characters. */
    private static final int LONGEST = 300;

    private static final List<Rule> RULES = rules();

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

    private Intents() {}

    private static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        add(
                rules,
                s -> new Intent.Time(),
                "what time is it [now]",
                "what is the time [now]",
                "(tell me | do you have | do you know) the time",
                "do you know what time it is",
                "tell me what time it is",
                "the time");
        add(
                rules,
                s -> new Intent.Date(),
                "what day is (it | today) [today]",
                "what is the date [today]",
                "what is today",
                "what is today's date",
                "what date is (it | today)",
                "tell me the (date | day)");
        add(
                rules,
                Intents::arithmetic,
                "what is <number> <operation> <number>",
                "how much is <number> <operation> <number>",
                "calculate <number> <operation> <number>",
                "<number> <operation> <number>");
        add(
                rules,
                s -> light(s, true),
                "(turn | switch) on the [<room>] (light | lights)",
                "(turn | switch) the [<room>] (light | lights) on",
                "[the] [<room>] (light | lights) on",
                "(turn | switch) on the (light | lights) in the <room>");
        add(
                rules,
                s -> light(s, false),
                "(turn | switch) off the [<room>] (light | lights)",
                "(turn | switch) the [<room>] (light | lights) off",
                "[the] [<room>] (light | lights) off",
                "(turn | switch) off the (light | lights) in the <room>");
        for (String day : List.of("", "today", "tonight", "tomorrow")) {
            String when = day.isEmpty() ? "" : " " + day;
            add(
                    rules,
                    s -> booking(s, day),
                    "(book | reserve) a table for <people> [people | persons] at <time>" + when,
                    "a table for <people> [people | persons] at <time>" + when);
            if (!day.isEmpty()) {
                add(
                        rules,
                        s -> booking(s, day),
                        "(book | reserve) a table for <people> [people | persons]" + when + " at <time>");
            }
        }
        add(
                rules,
                s -> new Intent.Digits((String) first(s, "digits")),
                "my [phone] number is <digits>",
                "repeat [after me | the (digits | number | numbers)] <digits>",
                "say <digits>",
                "the number is <digits>");
        for (String phrase : List.of(
                "(what is | how is) the weather [like] [(in | at | for) <place>] [today | now | tomorrow]",
                "(what is | how is) the weather [like] [today | now | tomorrow] (in | at | for) <place>",
                "[tell me | get me | check] [the] weather (in | at | for) <place> [today | now | tomorrow]")) {
            rules.add(new Rule(
                    new Phrase(phrase),
                    false,
                    s -> new Intent.Weather(String.join(
                            "", all(s, "place").stream().map(String.class::cast).toList()))));
        }
        add(rules, s -> new Intent.Help(), "what can you do", "what can i (say | ask)", "help [me]", "who are you");
        add(rules, s -> new Intent.Hello(), "hello [there]", "hi [there]", "good (morning | afternoon | evening)");
        add(rules, s -> new Intent.Thanks(), "thank you [very much]", "thanks");
        add(rules, s -> new Intent.Goodbye(), "goodbye", "good bye", "bye [bye]", "see you [later]", "good night");
        add(rules, s -> new Intent.Stop(), "stop", "be quiet", "never mind");
        return List.copyOf(rules);
    }

    private static void add(List<Rule> rules, Function<Map<String, List<Object>>, Intent> meaning, String... phrases) {
        for (String phrase : phrases) {
            rules.add(new Rule(new Phrase(phrase), true, meaning));
        }
    }

    private static List<Object> all(Map<String, List<Object>> slots, String name) {
        return slots.getOrDefault(name, List.of());
    }

    private static Object first(Map<String, List<Object>> slots, String name) {
        return all(slots, name).getFirst();
    }

    private static Intent arithmetic(Map<String, List<Object>> slots) {
        List<Object> numbers = all(slots, "number");
        return new Intent.Arithmetic(
                (Integer) numbers.get(0), (Intent.Operation) first(slots, "operation"), (Integer) numbers.get(1));
    }

    private static Intent light(Map<String, List<Object>> slots, boolean on) {
        List<Object> rooms = all(slots, "room");
        return new Intent.Light(on, rooms.isEmpty() ? "" : (String) rooms.getFirst());
    }

    private static Intent booking(Map<String, List<Object>> slots, String day) {
        return new Intent.Booking((Integer) first(slots, "people"), (LocalTime) first(slots, "time"), day);
    }

    /** What a text means, typed or recognised. */
    static Optional<Intent> match(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        return matchPolitely(words(text));
    }

    /** What a text means that may ask for several things, one after the other with "and" between; empty: unknown. */
    static List<Intent> matchAll(String text) {
        return match(text).map(List::of).orElseGet(() -> text.length() > LONGEST ? List.of() : parts(words(text)));
    }

    private static List<Intent> parts(List<String> words) {
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

    private static Optional<Intent> matchPolitely(List<String> words) {
        return matchWords(words).or(() -> matchWords(withoutPoliteness(words)));
    }

    private static Optional<Intent> matchWords(List<String> words) {
        for (Rule rule : RULES) {
            Optional<Map<String, List<Object>>> slots = rule.phrase().match(words, Slots.READERS);
            if (slots.isPresent()) {
                return Optional.of(rule.meaning().apply(slots.get()));
            }
        }
        return Optional.empty();
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

    /** The words of a text, as the phrases have them: in lower case, with signs in words. */
    static List<String> words(String text) {
        String plain = text.toLowerCase(Locale.ROOT)
                .replace('’', '\'')
                .replace("what's", "what is")
                .replace("how's", "how is")
                .replace("i'd like", "i would like")
                .replaceAll("([ap])\\.\\s?m\\b\\.?", "$1m")
                .replaceAll("([0-9])\\s*([ap]m)\\b", "$1 $2")
                .replaceAll("([0-9])\\s*\\+\\s*([0-9])", "$1 plus $2")
                .replaceAll("([0-9])\\s*[-−]\\s*([0-9])", "$1 minus $2")
                .replaceAll("([0-9])\\s*[*x×]\\s*([0-9])", "$1 times $2")
                .replaceAll("([0-9])\\s*[/÷]\\s*([0-9])", "$1 divided by $2")
                .replaceAll("[-,.!?;\"()=]+", " ")
                .strip();
        return plain.isEmpty() ? List.of() : Arrays.asList(plain.split("\\s+"));
    }

    /** All phrases as a JSGF grammar, with its numbers in words. */
    public static String grammar() {
        StringBuilder grammar = new StringBuilder("#JSGF V1.0;\ngrammar demo;\n").append(Slots.RULES);
        List<String> names = new ArrayList<>();
        for (Rule rule : RULES) {
            if (rule.spoken()) {
                String name = "<phrase" + names.size() + ">";
                names.add(name);
                grammar.append(name).append(" = ").append(rule.phrase().jsgf()).append(";\n");
            }
        }
        return grammar.append("<polite> = please | (can | could | would) you [please] | i (want | would like) to;\n")
                .append("public <said> = [<polite>] (")
                .append(String.join(" | ", names))
                .append(") [please];\n")
                .toString();
    }
}
