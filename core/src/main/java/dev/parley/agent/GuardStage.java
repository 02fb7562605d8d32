package dev.parley.agent;

import dev.parley.guardrail.Guardrail;
import dev.parley.guardrail.Verdict;
import dev.parley.guardrail.gate.Guards;
import dev.parley.guardrail.gate.Outlet;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.Event;
import dev.parley.protocol.ItemKey;
import dev.parley.session.Floor;
import dev.parley.tool.ToolCall;
import dev.parley.turn.ResponseWish;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The guardrails of an agent's session, and the gates at which events wait for them. Lane only, but for {@link #tool}. */
final class GuardStage implements Stage {
    private final Guards guards;

    /**
     * The guardrails of a session.
     *
     * @param session where events, wishes and interruptions go
     */
    GuardStage(Floor floor, List<Guardrail> guardrails, AgentSession session) {
        this.guards = new Guards(floor, guardrails, new Outlet() {
            @Override
            public void toProvider(Event event) {
                session.toProvider(event);
            }

            @Override
            public void release(Event event) {
                session.release(event);
            }

            @Override
            public void toClient(Event event) {
                session.toClient(event);
            }

            @Override
            public void want(ResponseWish wish) {
                session.want(wish);
            }

            @Override
            public void interrupt() {
                session.interrupt();
            }

            @Override
            public void dropped(ItemKey part) {
                session.dropped(part);
            }

            @Override
            public void refused(ControlEvent error, boolean byClient) {
                session.refused(error, byClient);
            }
        });
    }

    @Override
    public void began() {
        guards.began();
    }

    @Override
    public @Nullable Event fromClient(Event event) {
        return guards.fromClient(event);
    }

    /** An event on its way to the provider, whoever sends it: what goes in its place, or null if it waits. */
    @Nullable
    Event toProvider(Event event) {
        return guards.toProvider(event);
    }

    @Override
    public @Nullable Event fromProvider(Event event) {
        return guards.fromProvider(event);
    }

    /** Somebody wants a response. */
    void wanted(ResponseWish wish) {
        guards.wanted(wish);
    }

    @Override
    public long drop(ItemKey item) {
        return guards.drop(item);
    }

    /** Whether a tool may be called. Called on the call's virtual thread; asks every guardrail of tools. */
    Verdict tool(ToolCall call) {
        return guards.tool(call);
    }

    @Override
    public void ended() {
        guards.ended();
    }
}
