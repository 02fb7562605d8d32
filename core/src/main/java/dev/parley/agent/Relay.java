package dev.parley.agent;

import dev.parley.Turn;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Event;
import dev.parley.protocol.ItemKey;
import dev.parley.session.Floor;
import dev.parley.session.Participant;
import dev.parley.turn.OwnEvents;
import dev.parley.turn.PlaybackReport;
import dev.parley.turn.Requests;
import dev.parley.turn.ResponseWish;
import dev.parley.turn.Responses;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The participant of a session without an agent: hands on everything, and knows of responses what sessions need. */
public final class Relay implements Participant {
    private final Floor floor;
    private final OwnEvents own;
    private final Responses responses;
    /** The item whose audio came last. */
    private @Nullable ItemKey speaking;

    /** A relay between the two sides of a session. */
    public Relay(Floor floor) {
        this.floor = floor;
        this.own = new OwnEvents(floor.lane().random());
        this.responses = new Responses(new FloorLane(floor), own, this::fromApplication);
    }

    @Override
    public void began() {}

    @Override
    public void fromClient(Event event) {
        if (event instanceof ControlEvent control && PlaybackReport.is(control)) {
            ErrorDetail fault = PlaybackReport.fault(control);
            if (fault != null) {
                floor.tellClient(fault, control.eventId());
            }
        } else {
            fromApplication(event);
        }
    }

    @Override
    public void fromApplication(Event event) {
        floor.toProvider(event);
        if (event instanceof ControlEvent control) {
            responses.sent(control);
        }
    }

    @Override
    public void fromProvider(Event event) {
        if (!(event instanceof ControlEvent control) || responses.received(control)) {
            floor.toClient(event);
        }
        if (event instanceof AudioEvent audio && (speaking == null || !audio.belongsTo(speaking))) {
            speaking = audio.item();
        }
    }

    @Override
    public void want(ResponseWish wish) {
        responses.want(wish);
    }

    @Override
    public void interrupt() {
        responses.active().ifPresent(id -> floor.toProvider(own.named(Requests.cancel(id))));
        if (speaking != null) {
            floor.dropUnsent(speaking);
        }
    }

    @Override
    public void hangUp() {
        floor.end(CloseReason.of(Failure.NORMAL, ""));
    }

    @Override
    public List<Turn> conversation() {
        return List.of();
    }

    @Override
    public void ended(CloseReason why) {
        responses.ended();
    }
}
