package dev.parley.agent;

import dev.parley.Turn;
import dev.parley.VoiceAgent;
import dev.parley.lane.Mailbox;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.Event;
import dev.parley.protocol.Ids;
import dev.parley.protocol.ItemKey;
import dev.parley.session.Floor;
import dev.parley.turn.Requests;
import dev.parley.turn.ResponseWish;
import dev.parley.turn.Responses;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Turn-taking in an agent's session. Lane only. */
final class TurnStage implements Stage {
    private final Floor floor;
    private final Consumer<Event> toProvider;
    private final Responses responses;

    /**
     * A conversation in which nothing was said.
     *
     * @param toProvider sends an event of the gateway's own
     * @param drop drops what waits of an item's audio; answers how many bytes that was
     * @param mailbox where listeners are told
     */
    TurnStage(
            Floor floor, VoiceAgent agent, Consumer<Event> toProvider, ToLongFunction<ItemKey> drop, Mailbox mailbox) {
        this.floor = floor;
        this.toProvider = toProvider;
        this.responses = new Responses(
                toProvider::accept, () -> Ids.next("event", floor.lane().random()));
    }

    @Override
    public @Nullable Event fromProvider(Event event) {
        if (event instanceof ControlEvent control) {
            responses.received(control);
        }
        return event;
    }

    @Override
    public void sent(Event event) {
        if (event instanceof ControlEvent control) {
            responses.sent(control);
        }
    }

    void want(ResponseWish wish) {
        responses.want(wish);
    }

    void interrupt() {
        if (responses.busy()) {
            toProvider.accept(Requests.cancel());
        }
    }

    void hangUp() {
        floor.end(CloseReason.of(Failure.NORMAL, ""));
    }

    /** The turns so far. May be called from any thread. */
    List<Turn> conversation() {
        return List.of();
    }

    @Override
    public void ended() {
        responses.ended();
    }
}
