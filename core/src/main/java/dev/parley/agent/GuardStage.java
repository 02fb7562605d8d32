package dev.parley.agent;

import dev.parley.guardrail.Guardrail;
import dev.parley.guardrail.Verdict;
import dev.parley.session.Floor;
import dev.parley.tool.ToolCall;
import java.util.List;

/** The guardrails of an agent's session, and the gate at which output waits for them. Lane only, but for {@link #tool}. */
final class GuardStage implements Stage {
    /**
     * The guardrails of a session.
     *
     * @param session where events, wishes and interruptions go
     */
    GuardStage(Floor floor, List<Guardrail> guardrails, AgentSession session) {}

    /** Whether a tool may be called. Called on the call's virtual thread; asks every guardrail of tools. */
    Verdict tool(ToolCall call) {
        return Verdict.ALLOW;
    }
}
