package dev.parley.agent;

import dev.parley.Turn;
import dev.parley.VoiceAgent;
import dev.parley.lane.Lane;
import dev.parley.lane.Mailbox;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventType;
import dev.parley.protocol.ItemKey;
import dev.parley.session.Floor;
import dev.parley.turn.ConversationLedger;
import dev.parley.turn.OwnEvents;
import dev.parley.turn.Playback;
import dev.parley.turn.PlaybackReport;
import dev.parley.turn.ResponseWish;
import dev.parley.turn.Responses;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Turn-taking in an agent's session: which responses there are, what is heard of them, and the conversation as it was.
 * Lane only.
 */
final class TurnStage implements Stage {
    /** How long finished turns wait to be told for one before them that is not. */
    private static final Duration LATE = Duration.ofSeconds(5);
    /** How long a session lasts at the most when it is to end. */
    private static final Duration FAREWELL = Duration.ofSeconds(30);
    /** How often to look whether audio has gone to the client that had not. */
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Floor floor;
    private final Lane lane;
    private final Responses responses;
    private final Playback playback;
    private final ConversationLedger ledger = new ConversationLedger();
    private final Audience audience;
    private Runnable playout = () -> {};
    private boolean awaitsPlayout;
    private Runnable late = () -> {};
    private boolean awaitsLate;
    private Runnable farewell = () -> {};
    private boolean hangingUp;
    private boolean ending;
    private BooleanSupplier toolsBusy = () -> false;
    private boolean over;

    /**
     * A conversation in which nothing was said.
     *
     * @param toProvider sends an event of the gateway's own
     * @param drop drops what waits of an item's audio
     * @param mailbox where listeners are told
     */
    TurnStage(Floor floor, VoiceAgent agent, Consumer<Event> toProvider, Consumer<ItemKey> drop, Mailbox mailbox) {
        this.floor = floor;
        this.lane = new FloorLane(floor);
        OwnEvents own = new OwnEvents(lane.random());
        this.responses = new Responses(lane, own, toProvider::accept);
        this.playback = new Playback(lane, floor.provider(), own, responses, new Playback.Stage() {
            @Override
            public void toProvider(ControlEvent event) {
                toProvider.accept(event);
            }

            @Override
            public void toClient(ControlEvent event) {
                floor.toClient(event);
            }

            @Override
            public void drop(ItemKey part) {
                drop.accept(part);
            }

            @Override
            public void cut(String itemId, long heardMillis, long generatedMillis) {
                ledger.cut(itemId, heardMillis, generatedMillis);
            }
        });
        this.audience = new Audience(floor.session(), agent.listeners(), mailbox);
    }

    // ---- Events ----------------------------------------------------------------------------------------------------

    @Override
    public @Nullable Event fromClient(Event event) {
        if (!(event instanceof ControlEvent control)) {
            return event;
        }
        if (PlaybackReport.is(control)) {
            reported(control);
            return null;
        }
        boolean goesOn = playback.fromClient(control) && responses.fromClient(control);
        settleChanges();
        return goesOn ? event : null;
    }

    private void reported(ControlEvent control) {
        ErrorDetail fault = PlaybackReport.fault(control);
        if (fault == null) {
            playback.reported(PlaybackReport.of(control));
            playout.run();
            awaitsPlayout = false;
            settle();
        } else {
            floor.tellClient(fault, control.eventId());
        }
    }

    @Override
    public @Nullable Event fromProvider(Event event) {
        if (event instanceof AudioEvent audio) {
            return playback.received(audio) ? event : null;
        }
        if (!(event instanceof ControlEvent control)) {
            return event;
        }
        boolean goesOn = responses.received(control);
        goesOn &= playback.received(control);
        ledger.received(control, responses.settings().transcribes(), Instant.ofEpochMilli(lane.epochMillis()));
        if (control.type().equals(EventType.ITEM_TRUNCATED)) {
            String item = control.jsonOrEmpty().path("item_id").asString("");
            ledger.cut(
                    item,
                    control.jsonOrEmpty().path("audio_end_ms").asLong(0),
                    playback.clock().generatedMillis(item));
        }
        settleChanges();
        return goesOn ? event : null;
    }

    @Override
    public void delivered(Event event) {
        if (event instanceof AudioEvent audio) {
            playback.delivered(audio);
        }
    }

    @Override
    public void sent(Event event) {
        if (event instanceof ControlEvent control) {
            responses.sent(control);
        }
    }

    // ---- Commands --------------------------------------------------------------------------------------------------

    void want(ResponseWish wish) {
        responses.want(wish);
    }

    void follow(Consumer<JsonNode> done) {
        responses.follow(done);
    }

    void interrupt() {
        playback.interrupt();
        settle();
    }

    /** Audio of a part that was not delivered never will be. */
    void dropped(ItemKey part) {
        playback.dropped(part);
        settle();
    }

    /** Sets what tells whether calls of tools are open, for which a session that is to end waits. */
    void toolsBusy(BooleanSupplier busy) {
        toolsBusy = busy;
    }

    /** Calls of tools are no longer open: looks again whether the session is to end. */
    void settled() {
        settle();
    }

    /** The session ends when nothing is wanted or active any more and all was heard, or after a while. */
    void hangUp() {
        if (!hangingUp) {
            hangingUp = true;
            farewell = lane.schedule(this::end, FAREWELL);
            settle();
        }
    }

    private void end() {
        floor.end(CloseReason.of(Failure.NORMAL, ""));
    }

    /** The turns so far. May be called from any thread. */
    List<Turn> conversation() {
        return ledger.turns();
    }

    @Override
    public void ended() {
        over = true;
        playout.run();
        late.run();
        farewell.run();
        responses.ended();
        audience.ended(ledger.close(audience::turn));
    }

    // ---- What follows from all that --------------------------------------------------------------------------------

    private void settleChanges() {
        if (ledger.changed() || hangingUp) {
            settle();
        }
    }

    private void settle() {
        if (over) {
            return;
        }
        long now = lane.nanoTime();
        List<String> unheard = ledger.unheard();
        for (String item : unheard) {
            if (playback.clock().over(item, now)) {
                ledger.heard(item);
            }
        }
        boolean blocked = ledger.tell(audience::turn);
        if (blocked != awaitsLate) {
            late.run();
            awaitsLate = blocked;
            late = blocked ? lane.schedule(this::giveUp, LATE) : () -> {};
        }
        if (ending) {
            return;
        }
        if (hangingUp
                && responses.idle()
                && !toolsBusy.getAsBoolean()
                && playback.clock().silent(now)) {
            ending = true;
            // The event in hand still goes out.
            floor.post(this::end);
        } else if (hangingUp || !unheard.isEmpty()) {
            awaitPlayout(now);
        }
    }

    private void giveUp() {
        if (awaitsLate) {
            awaitsLate = false;
            ledger.giveUp(audience::turn);
            settle();
        }
    }

    /** Looks again when all that was delivered will have been heard. A paused client will tell when it goes on. */
    private void awaitPlayout(long now) {
        OptionalLong remaining = playback.clock().remaining(now);
        if (!awaitsPlayout && remaining.isPresent()) {
            awaitsPlayout = true;
            long nanos = remaining.getAsLong() == 0 ? LOOK.toNanos() : remaining.getAsLong();
            playout = lane.schedule(
                    () -> {
                        awaitsPlayout = false;
                        settle();
                    },
                    Duration.ofNanos(nanos));
        }
    }
}
