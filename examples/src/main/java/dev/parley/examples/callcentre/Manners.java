package dev.parley.examples.callcentre;

import dev.parley.RealtimeSession;
import dev.parley.guardrail.Guardrail;
import dev.parley.guardrail.Verdict;
import java.util.Set;
import java.util.regex.Pattern;

/** Warns who is rude, and hangs up on who stays so. */
final class Manners implements Guardrail {
    private static final Pattern RUDE = Pattern.compile("\\b(idiot|idiots|stupid)\\b");
    private static final String WARNED = "warned";

    @Override
    public Set<Point> points() {
        return Set.of(Point.INPUT);
    }

    @Override
    public Verdict input(String transcript, RealtimeSession call) {
        if (!RUDE.matcher(transcript).find()) {
            return Verdict.ALLOW;
        }
        if (call.attributes().put(WARNED, true) == null) {
            return Verdict.block("Please stay polite.");
        }
        call.disconnect();
        return Verdict.block("");
    }
}
