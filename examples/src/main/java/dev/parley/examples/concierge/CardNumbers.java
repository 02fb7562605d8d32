package dev.parley.examples.concierge;

import dev.parley.RealtimeSession;
import dev.parley.guardrail.Guardrail;
import dev.parley.guardrail.Verdict;
import java.util.Set;
import java.util.regex.Pattern;

/** Keeps card numbers out of the conversation: the model never gets to answer to one. */
final class CardNumbers implements Guardrail {
    private static final Pattern CARD = Pattern.compile("\\bcard\\b.*\\bnumber\\b|(?:[0-9][ -]?){12,19}");

    @Override
    public Set<Point> points() {
        return Set.of(Point.INPUT);
    }

    @Override
    public Verdict input(String transcript, RealtimeSession session) {
        return CARD.matcher(transcript).find()
                ? Verdict.block("Please keep your card number to yourself. You pay at the desk.")
                : Verdict.ALLOW;
    }
}
