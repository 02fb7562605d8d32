package dev.parley.local.mind;

import dev.parley.local.phrase.Numbers;
import dev.parley.local.phrase.Phrase;
import dev.parley.local.phrase.SlotKinds;
import dev.parley.local.phrase.Times;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
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
            "time", words -> Times.parse(words).map(t -> t));

    /** The rules of the slots, and those they need. */
    static final String RULES = SlotKinds.RULES + """
            <people> = <ones> | ten | eleven | twelve;
            <room> = %s;
            <operation> = plus | minus | times | multiplied by | divided by;
            """.formatted(String.join(" | ", ROOMS));

    /** Words that end the name of a place. */
    private static final Set<String> NO_PLACE = Set.of("and", "or", "today", "tonight", "tomorrow", "now", "please");

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
}
