package dev.parley.examples.concierge;

import dev.parley.guardrail.Guardrail;
import dev.parley.guardrail.Verdict;
import dev.parley.tool.ToolCall;
import java.util.Set;

/** Leaves long stays to people. */
final class LongStays implements Guardrail {
    private static final int MOST_NIGHTS = 14;

    @Override
    public Set<Point> points() {
        return Set.of(Point.TOOL);
    }

    @Override
    public Verdict tool(ToolCall call) {
        return call.name().equals("book_room")
                        && call.arguments().path("nights").asInt(0) > MOST_NIGHTS
                ? Verdict.block("Stays of more than " + MOST_NIGHTS + " nights are arranged by the manager.")
                : Verdict.ALLOW;
    }
}
