package dev.parley.local.mind;

import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The slots of the demo's phrases: how each is read, and its JSGF rule. */
final class Slots {
    static final List<String> ROOMS = List.of(
            "kitchen",
            "bedroom",
            "living room",
            "dining room",
            "bathroom",
            "hallway",
            "office",
            "garage",
            "garden",
            "basement");

    static final Map<String, Phrase.Slot> READERS = Map.of(
            "number", words -> boxed(Numbers.parse(words)),
            "people", words -> boxed(Numbers.parse(words)).filter(n -> (Integer) n >= 1 && (Integer) n <= 20),
            "digits", words -> Optional.<Object>of(Numbers.digits(words)).filter(d -> !d.equals("")),
            "room", words -> Optional.<Object>of(String.join(" ", words)).filter(ROOMS::contains),
            "operation", Slots::operation,
            "place", Slots::place,
            "time", words -> time(words).map(t -> t));

    /** The rules of the slots, and those they need. */
    static final String RULES = """
            <ones> = one | two | three | four | five | six | seven | eight | nine;
            <teens> = ten | eleven | twelve | thirteen | fourteen | fifteen | sixteen | seventeen | eighteen | nineteen;
            <tens> = twenty | thirty | forty | fifty | sixty | seventy | eighty | ninety;
            <below> = <ones> | <teens> | <tens> [<ones>];
            <number> = zero | <below> | (<ones> | a) hundred [[and] <below>];
            <people> = <ones> | ten | eleven | twelve;
            <digit> = zero | oh | <ones>;
            <digits> = <digit> <digit> [<digit>] [<digit>] [<digit>] [<digit>] [<digit>] [<digit>] [<digit>] [<digit>];
            <room> = %s;
            <operation> = plus | minus | times | multiplied by | divided by;
            <hour> = <ones> | ten | eleven | twelve;
            <half> = a m | p m;
            <time> = <hour> [o'clock | fifteen | thirty | forty five] [<half>] | half past <hour> [<half>] | noon;
            """.formatted(String.join(" | ", ROOMS));

    /** Words that end the name of a place. */
    private static final Set<String> NO_PLACE = Set.of("and", "or", "today", "tonight", "tomorrow", "now", "please");

    private static final Pattern CLOCK = Pattern.compile("([0-9]{1,2}):([0-9]{2})");

    private Slots() {}

    private static Optional<Object> boxed(OptionalInt number) {
        return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
    }

    /** Any name of a place, of up to four words, with capitals. */
    private static Optional<Object> place(List<String> words) {
        if (words.size() > 4 || words.stream().anyMatch(word -> NO_PLACE.contains(word) || !isWord(word))) {
            return Optional.empty();
        }
        return Optional.of(words.stream().map(Wording::capital).collect(Collectors.joining(" ")));
    }

    private static boolean isWord(String text) {
        return text.chars().allMatch(c -> Character.isLetter(c) || c == '\'');
    }

    private static Optional<Object> operation(List<String> words) {
        return switch (String.join(" ", words)) {
            case "plus" -> Optional.of(Intent.Operation.PLUS);
            case "minus" -> Optional.of(Intent.Operation.MINUS);
            case "times", "multiplied by" -> Optional.of(Intent.Operation.TIMES);
            case "divided by", "over" -> Optional.of(Intent.Operation.DIVIDED_BY);
            default -> Optional.empty();
        };
    }

    /**
     * The time of day that these words say. An hour that is not said to be in the morning or the evening is meant for
     * dinner: "seven" is 19:00.
     */
    static Optional<LocalTime> time(List<String> words) {
        String last = words.size() > 1 ? words.getLast() : "";
        if (last.equals("m") && words.size() > 2) {
            String half = words.get(words.size() - 2);
            if (half.equals("a") || half.equals("p")) {
                return hourAndMinute(words.subList(0, words.size() - 2), half);
            }
        }
        if (last.equals("am") || last.equals("pm")) {
            return hourAndMinute(words.subList(0, words.size() - 1), last.substring(0, 1));
        }
        return hourAndMinute(words, "");
    }

    private static Optional<LocalTime> hourAndMinute(List<String> words, String half) {
        if (words.equals(List.of("noon"))) {
            return Optional.of(LocalTime.NOON);
        }
        if (words.size() == 3 && words.getFirst().equals("half") && words.get(1).equals("past")) {
            return clock(Numbers.parse(words.subList(2, 3)), 30, half);
        }
        Matcher typed = CLOCK.matcher(words.getFirst());
        if (words.size() == 1 && typed.matches()) {
            return clock(OptionalInt.of(Integer.parseInt(typed.group(1))), Integer.parseInt(typed.group(2)), half);
        }
        OptionalInt hour = Numbers.parse(words.subList(0, 1));
        List<String> rest = words.subList(1, words.size());
        if (rest.isEmpty() || rest.equals(List.of("o'clock"))) {
            return clock(hour, 0, half);
        }
        OptionalInt minute = Numbers.parse(rest);
        return minute.isPresent() && minute.getAsInt() >= 10 ? clock(hour, minute.getAsInt(), half) : Optional.empty();
    }

    private static Optional<LocalTime> clock(OptionalInt said, int minute, String half) {
        if (said.isEmpty() || said.getAsInt() > 23 || minute > 59) {
            return Optional.empty();
        }
        int hour = said.getAsInt();
        if (hour > 12 || hour == 0) {
            return Optional.of(LocalTime.of(hour, minute));
        }
        boolean evening = half.equals("p") || (half.isEmpty() && hour != 11);
        return Optional.of(LocalTime.of(hour % 12 + (evening ? 12 : 0), minute));
    }
}
