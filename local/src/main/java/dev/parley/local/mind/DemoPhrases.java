package dev.parley.local.mind;

import dev.parley.local.phrase.Phrase;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The phrases that the demo knows without being taught any. */
final class DemoPhrases {
    /**
     * A phrase and what its slots come to.
     *
     * @param spoken whether the ears are to know it; what names anything at all can be typed only
     */
    record Rule(Phrase phrase, boolean spoken, Function<Map<String, List<Object>>, Intent> meaning) {}

    static final List<Rule> RULES = rules();

    private DemoPhrases() {}

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
                DemoPhrases::arithmetic,
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
}
