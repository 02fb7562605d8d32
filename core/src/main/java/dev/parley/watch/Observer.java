package dev.parley.watch;

import dev.parley.RealtimeSessionConfig;
import dev.parley.Turn;
import dev.parley.leg.CloseReason;
import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.Event;
import dev.parley.provider.Capabilities;
import dev.parley.session.Floor;
import dev.parley.session.Participant;
import dev.parley.tool.RealtimeTool;
import dev.parley.turn.ResponseWish;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** A participant that notes what another one sees, and leaves all else to it. Lane only, as participants are. */
record Observer(Participant observed, ObservedSession notes) implements Participant {
    /** Makes observers of what another factory makes. */
    record Joining(Participant.Factory joins, BiFunction<Floor, Participant, ObservedSession> notes)
            implements Participant.Factory {
        @Override
        public Participant join(Floor floor) {
            Participant observed = joins.join(floor);
            return new Observer(observed, notes.apply(floor, observed));
        }

        @Override
        public RealtimeSessionConfig configured(RealtimeSessionConfig asked, Capabilities provider) {
            return joins.configured(asked, provider);
        }
    }

    @Override
    public void began() {
        notes.note(notes::began);
        observed.began();
    }

    @Override
    public void fromClient(Event event) {
        if (event instanceof ControlEvent control) {
            notes.note(() -> notes.fromClient(control));
        }
        observed.fromClient(event);
    }

    @Override
    public void fromProvider(Event event) {
        if (event instanceof ControlEvent control) {
            notes.note(() -> notes.fromProvider(control));
        }
        observed.fromProvider(event);
    }

    @Override
    public void delivered(Event event) {
        if (event instanceof AudioEvent audio) {
            notes.heard(audio);
        } else if (event instanceof ControlEvent control) {
            notes.note(() -> notes.delivered(control));
        }
        observed.delivered(event);
    }

    @Override
    public void fromApplication(Event event) {
        if (event instanceof ControlEvent control) {
            notes.note(() -> notes.fromClient(control));
        }
        observed.fromApplication(event);
    }

    @Override
    public void want(ResponseWish wish) {
        observed.want(wish);
    }

    @Override
    public void follow(Consumer<JsonNode> done) {
        observed.follow(done);
    }

    @Override
    public void interrupt() {
        observed.interrupt();
    }

    @Override
    public void hangUp() {
        observed.hangUp();
    }

    @Override
    public List<Turn> conversation() {
        return observed.conversation();
    }

    @Override
    public void tools(List<RealtimeTool> instead) {
        observed.tools(instead);
    }

    @Override
    public Optional<String> agent() {
        return observed.agent();
    }

    @Override
    public void ended(CloseReason why) {
        try {
            observed.ended(why);
        } finally {
            notes.note(() -> notes.ended(why));
        }
    }
}
