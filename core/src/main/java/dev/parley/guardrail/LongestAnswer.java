package dev.parley.guardrail;

import dev.parley.RealtimeException;
import dev.parley.RealtimeSession;
import java.util.Set;

/**
 * Cuts answers off that are too long.
 *
 * @param characters the most that an answer may have
 * @param say what is said instead of the rest; empty: nothing
 */
public record LongestAnswer(int characters, String say) implements Guardrail {
    public LongestAnswer {
        if (characters < 1) {
            throw new RealtimeException.InvalidConfig(
                    "the longest answer has " + characters + " characters; it must have at least 1");
        }
    }

    @Override
    public Set<Point> points() {
        return Set.of(Point.OUTPUT);
    }

    @Override
    public Verdict output(String text, RealtimeSession session) {
        return text.codePointCount(0, text.length()) > characters ? Verdict.block(say) : Verdict.ALLOW;
    }
}
