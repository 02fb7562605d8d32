package dev.parley.guardrail.gate;

import dev.parley.guardrail.Guardrail;
import dev.parley.guardrail.Verdict;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventType;
import dev.parley.protocol.ItemKey;
import dev.parley.session.Floor;
import dev.parley.tool.ToolCall;
import dev.parley.turn.ResponseWish;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The guardrails of one session and the gates before which they are asked. Where nobody is asked, nothing waits and nothing
 * is looked at. Lane only, but for {@link #tool}.
 */
public final class Guards {
    private final Panel input;
    private final Panel output;
    private final Panel tool;
    private final Deletions deletions;
    private final OutputGate answers;
    private final InputGate inputs;

    /** Those of a session. */
    public Guards(Floor floor, List<Guardrail> guardrails, Outlet outlet) {
        this.input = new Panel(floor, guardrails, Guardrail.Point.INPUT);
        this.output = new Panel(floor, guardrails, Guardrail.Point.OUTPUT);
        this.tool = new Panel(floor, guardrails, Guardrail.Point.TOOL);
        this.deletions = new Deletions(floor.lane().random(), outlet);
        this.answers = new OutputGate(floor, output, outlet, deletions);
        this.inputs = new InputGate(floor, input, outlet, answers, deletions);
    }

    /** The provider is connected. */
    public void began() {
        deletions.began();
        if (!input.empty()) {
            inputs.began();
        }
    }

    /** Somebody wants a response. */
    public void wanted(ResponseWish wish) {
        answers.wanted(wish);
    }

    /** An event of the client: what goes on in its place, or null. */
    public @Nullable Event fromClient(Event event) {
        return event instanceof ControlEvent control && !input.empty() ? inputs.fromClient(control) : event;
    }

    /** An event on its way to the provider, whoever sends it: what goes in its place, or null if it waits. */
    public @Nullable Event toProvider(Event event) {
        return input.empty() ? event : inputs.toProvider(event);
    }

    /** An event of the provider: what goes on in its place, or null if it waits, or never will. */
    public @Nullable Event fromProvider(Event event) {
        if (input.empty() && output.empty()) {
            return event;
        }
        Collection<String> unchecked = List.of();
        if (event instanceof ControlEvent control) {
            if (deletions.concerns(control)) {
                return null;
            }
            if (!input.empty()) {
                inputs.fromProvider(control);
                if (control.type().equals(EventType.RESPONSE_CREATED)) {
                    unchecked = inputs.open();
                }
            }
        }
        return answers.fromProvider(event, unchecked);
    }

    /** Drops what waits of an item's audio; answers how many bytes of audio that was. */
    public long drop(ItemKey item) {
        return answers.drop(item);
    }

    /** Whether a tool may be called. Waits for the verdict on the calling thread, which must not be the lane. */
    public Verdict tool(ToolCall call) {
        return tool.answer(guardrail -> guardrail.tool(call));
    }

    /** The session has ended. */
    public void ended() {
        inputs.ended();
        answers.ended();
        List.of(input, output, tool).forEach(Panel::ended);
    }
}
