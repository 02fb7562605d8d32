package dev.parley.examples.concierge;

import dev.parley.RealtimeSession;
import dev.parley.guardrail.Guardrail;
import dev.parley.guardrail.Verdict;
import java.util.Set;
import java.util.regex.Pattern;

/** Cuts off an answer that tells who stays where. */
final class Discretion implements Guardrail {
    private static final Pattern WHO_IS_WHERE = Pattern.compile("\\b(Doctor|Mister|Miss) [A-Z].* room\\b");

    @Override
    public Set<Point> points() {
        return Set.of(Point.OUTPUT);
    }

    @Override
    public Verdict output(String text, RealtimeSession session) {
        return WHO_IS_WHERE.matcher(text).find() ? Verdict.block("I do not talk about our guests.") : Verdict.ALLOW;
    }
}
