package dev.parley.guardrail.gate;

import dev.parley.guardrail.Verdict;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.EventType;
import dev.parley.session.Floor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The client's updates of the session that wait until the text which they bring along for the model to read is allowed, and
 * those behind them; they leave in their order. Lane only.
 */
final class HeldUpdates {
    /** The most updates that wait; and the most bytes of them together. */
    private static final int MOST = 16;

    private static final int MOST_BYTES = 1 << 20;

    private static final class Held {
        private final ControlEvent event;
        private @Nullable Verdict verdict;

        private Held(ControlEvent event) {
            this.event = event;
        }
    }

    private final Floor floor;
    private final Panel panel;
    private final Consumer<ControlEvent> out;
    private final Runnable settled;
    private final Deque<Held> waiting = new ArrayDeque<>();
    private int bytes;

    /**
     * None.
     *
     * @param out takes, on the lane, those that are allowed
     * @param settled runs on the lane when none waits any more
     */
    HeldUpdates(Floor floor, Panel panel, Consumer<ControlEvent> out, Runnable settled) {
        this.floor = floor;
        this.panel = panel;
        this.out = out;
        this.settled = settled;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Whether an event of the client has to wait, or is refused; if so, this sees to it. */
    boolean takes(ControlEvent event) {
        JsonNode session = event.jsonOrEmpty().path("session");
        String text = UserText.ofSession(session);
        boolean update = event.type().equals(EventType.SESSION_UPDATE) || session.isObject();
        if (!update || (text.isEmpty() && waiting.isEmpty())) {
            return false;
        }
        int size = event.wire().length();
        if (waiting.size() >= MOST || bytes + size > MOST_BYTES) {
            floor.tellClient(
                    ErrorDetail.server("input_buffer_full", "More updates wait for a guardrail than may be kept."),
                    event.eventId());
            return true;
        }
        Held held = new Held(event.copy());
        waiting.add(held);
        bytes += size;
        if (text.isEmpty()) {
            held.verdict = Verdict.ALLOW;
        } else {
            panel.ask(guardrail -> guardrail.input(text, floor.session()), verdict -> {
                held.verdict = verdict;
                release();
            });
        }
        return true;
    }

    private void release() {
        for (Held first = waiting.peek(); first != null; first = waiting.peek()) {
            Verdict verdict = first.verdict;
            if (verdict == null) {
                return;
            }
            waiting.remove();
            bytes -= first.event.wire().length();
            if (verdict instanceof Verdict.Block) {
                boolean tools = first.event.jsonOrEmpty().path("session").has("tools");
                floor.tellClient(
                        ErrorDetail.invalid(
                                "not_allowed",
                                "A guardrail does not allow the text in this update.",
                                tools ? "session.tools" : "session.prompt"),
                        first.event.eventId());
            } else {
                out.accept(first.event);
            }
        }
        settled.run();
    }
}
