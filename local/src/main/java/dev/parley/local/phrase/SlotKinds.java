package dev.parley.local.phrase;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.node.JsonNodeFactory;

/** The kinds of slots that there are without being listed: numbers, ranges of them, digits, times. */
public final class SlotKinds {
    /** The JSGF rules of the kinds, and those they need. */
    public static final String RULES = """
            <ones> = one | two | three | four | five | six | seven | eight | nine;
            <teens> = ten | eleven | twelve | thirteen | fourteen | fifteen | sixteen | seventeen | eighteen | nineteen;
            <tens> = twenty | thirty | forty | fifty | sixty | seventy | eighty | ninety;
            <below> = <ones> | <teens> | <tens> [<ones>];
            <number> = zero | <below> | (<ones> | a) hundred [[and] <below>];
            <digit> = zero | oh | <ones>;
            <digits> = <digit> <digit> [<digit>] [<digit>] [<digit>] [<digit>] [<digit>] [<digit>] [<digit>] [<digit>];
            <hour> = <ones> | ten | eleven | twelve;
            <half> = a m | p m;
            <time> = <hour> [o'clock | fifteen | thirty | forty five] [<half>] | half past <hour> [<half>] | noon;
            """;

    static final Map<String, Phrase.Slot> READERS =
            Map.of("number", SlotKinds::number, "digits", SlotKinds::digits, "time", SlotKinds::time);

    private static final Pattern RANGE = Pattern.compile("([0-9]{1,3})-([0-9]{1,3})");

    private SlotKinds() {}

    private static Optional<Object> number(List<String> words) {
        return Numbers.parse(words).stream()
                .<Object>mapToObj(
                        number -> new Said(JsonNodeFactory.instance.numberNode(number), Numbers.words(number)))
                .findFirst();
    }

    private static Optional<Object> digits(List<String> words) {
        String digits = Numbers.digits(words);
        return digits.isEmpty()
                ? Optional.empty()
                : Optional.of(new Said(JsonNodeFactory.instance.stringNode(digits), Numbers.spell(digits)));
    }

    private static Optional<Object> time(List<String> words) {
        return Times.parse(words)
                .map(time -> new Said(JsonNodeFactory.instance.stringNode(Times.digits(time)), Times.words(time)));
    }

    /** A range of numbers as a kind of its own, where a slot's kind is one, such as {@code 1-14}. */
    static Optional<SlotKind> range(String kind) {
        Matcher range = RANGE.matcher(kind);
        if (!range.matches()) {
            return Optional.empty();
        }
        int from = Integer.parseInt(range.group(1));
        int to = Integer.parseInt(range.group(2));
        if (from >= to || to - from > 100) {
            throw new IllegalArgumentException("the range " + kind
                    + " must go up, and have at most 101 numbers; <number> is any number from 0 to 999");
        }
        String words = IntStream.rangeClosed(from, to)
                .mapToObj(number -> Numbers.words(number).replace('-', ' '))
                .collect(Collectors.joining(" | "));
        return Optional.of(new SlotKind(
                "range_" + from + "_" + to,
                words,
                said -> Numbers.parse(said).stream()
                        .filter(number -> number >= from && number <= to)
                        .<Object>mapToObj(
                                number -> new Said(JsonNodeFactory.instance.numberNode(number), Numbers.words(number)))
                        .findFirst()));
    }
}
