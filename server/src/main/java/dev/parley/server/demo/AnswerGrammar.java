package dev.parley.server.demo;

import java.time.LocalTime;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * All that an answer may be, as a grammar for ears: right answers and, for each, hundreds of wrong ones, so that a wrong
 * answer is recognised as what it is.
 */
final class AnswerGrammar {
    /** How far from now, in minutes, the times are that may be told apart. */
    private static final int[] MINUTES = {-20, -10, -5, -2, -1, 0, 1, 2, 5, 10, 20};

    private AnswerGrammar() {}

    /**
     * The grammar of a demonstration that begins now. Of the minutes of the hour it has some before and after now, since
     * ears cannot tell all sixty apart: "fourteen a.m." may sound as "forty-nine a.m.".
     */
    static String jsgf(LocalTime now) {
        String minutes = IntStream.of(MINUTES)
                .map(minute -> (now.getMinute() + minute + 60) % 60)
                .filter(minute -> minute > 0)
                .distinct()
                .mapToObj(minute -> minute < 10 ? "oh " + Speech.number(minute) : Speech.number(minute))
                .collect(Collectors.joining(" | "));
        String ordinals = IntStream.rangeClosed(1, 31).mapToObj(Speech::ordinal).collect(Collectors.joining(" | "));
        return """
                #JSGF V1.0;
                grammar answers;
                <ones> = one | two | three | four | five | six | seven | eight | nine;
                <teens> = ten | eleven | twelve | thirteen | fourteen | fifteen | sixteen | seventeen | eighteen | nineteen;
                <tens> = twenty | thirty | forty | fifty | sixty | seventy | eighty | ninety;
                <below> = <ones> | <teens> | <tens> [<ones>];
                <number> = zero | <below> | one hundred [[and] <below>];
                <digit> = zero | oh | <ones>;
                <hour> = <ones> | ten | eleven | twelve;
                <minute> = %s;
                <clock> = <hour> [<minute>] (a m | p m);
                <weekday> = monday | tuesday | wednesday | thursday | friday | saturday | sunday;
                <month> = january | february | march | april | may | june | july | august | september | october
                    | november | december;
                <ordinal> = %s;
                <room> = kitchen | bedroom | living room | bathroom | hallway | office | garage | garden;
                public <answer> = <number> (plus | minus | times | divided by) <number> is [minus] <number>
                    | your number is <digit> <digit> <digit> <digit> [<digit>] [<digit>] [<digit>]
                    | a table for <number> is booked at <hour> [thirty | fifteen] (a m | p m)
                    | it is <clock>
                    | it is <weekday> <month> the <ordinal>
                    | the <room> light is (on | off) at <number> percent
                    | sorry i did not understand that;
                """.formatted(minutes, ordinals);
    }
}
