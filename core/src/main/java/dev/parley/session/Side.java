package dev.parley.session;

import dev.parley.lane.Lane;
import dev.parley.leg.BufferBudget;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import dev.parley.leg.Leg;
import dev.parley.protocol.Event;
import dev.parley.protocol.ItemKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One side of a session: the leg that is there now, if any, and the outbox before it. The outbox belongs to the side
 * and not to the leg, so that what waits outlives a leg that is replaced. Lane only.
 */
final class Side {
    private final Lane lane;
    private final SessionLimits limits;
    private final PeerMeter meter;
    private final Batch batch;
    private final Outbox outbox;
    private final Progress progress;
    private final Consumer<Event> onSent;
    private @Nullable Leg leg;
    private boolean open;
    /** How many events the leg has got that were not flushed. */
    private int unflushed;

    private boolean reading = true;
    private long pausedAt;
    private @Nullable CloseReason closing;
    private @Nullable Event lastWord;
    private boolean over;

    /**
     * A side without a leg.
     *
     * @param batch tells when the events that are sent came
     * @param farewell how long a leg that is closed may take to take what waits, as long as it takes something
     * @param onStuck runs when an open leg has taken nothing for too long
     * @param onSent told of each event that the leg has got, before it is flushed
     */
    Side(
            Lane lane,
            SessionLimits limits,
            BufferBudget.Account room,
            PeerMeter meter,
            Batch batch,
            Duration farewell,
            Runnable onStuck,
            Consumer<Event> onSent) {
        this.lane = lane;
        this.limits = limits;
        this.meter = meter;
        this.batch = batch;
        this.onSent = onSent;
        this.outbox = new Outbox(room);
        this.progress = new Progress(lane, limits.stuck(), onStuck, farewell, this::end);
    }

    /** Puts a leg in place of the one before; what happens on that one no longer counts. */
    void attach(Leg next, boolean isOpen) {
        leg = next;
        open = isOpen;
        over = false;
    }

    /** Whether this leg is the one that counts. */
    boolean is(Leg other) {
        return leg != null && leg.equals(other);
    }

    boolean open() {
        return open;
    }

    /** Sends an event now, or lets it wait; answers whether there was room. To a side that is closed it goes nowhere. */
    boolean send(Event event) {
        Leg now = leg;
        if (closing != null || over) {
            return true;
        }
        if (now != null && open && outbox.isEmpty() && now.writable()) {
            now.send(event);
            unflushed++;
            onSent.accept(event);
            return true;
        }
        boolean kept = outbox.add(event, batch.since(), open ? limits.outbox() : limits.dialBuffer());
        blocked();
        return kept;
    }

    /** The leg is connected: {@code first} goes out, then what waits. */
    void opened(@Nullable Event first) {
        open = true;
        if (first != null) {
            outbox.addFirst(first, lane.nanoTime());
        }
        drain();
    }

    /** Sends what waits, as far as the leg takes it. */
    void drain() {
        Leg now = leg;
        if (now == null || !open) {
            return;
        }
        // Nothing is made for a leg that was full for a moment, which a fast one is many times a second.
        List<Outbox.Waiting> moved = outbox.isEmpty() ? List.of() : new ArrayList<>();
        while (now.writable()) {
            Outbox.Waiting first = outbox.poll();
            if (first == null) {
                break;
            }
            now.send(first.event());
            moved.add(first);
            onSent.accept(first.event());
        }
        if (!moved.isEmpty()) {
            now.flush();
            long gone = lane.nanoTime();
            moved.forEach(each -> meter.latency.record(gone - each.arrived(), 1));
        }
        if (!outbox.isEmpty() || !now.writable()) {
            blocked();
        } else if (closing == null) {
            progress.free();
        }
        if (outbox.isEmpty() && closing != null) {
            end();
        }
    }

    /** The leg may have taken all that it takes for now. */
    void blocked() {
        if (leg != null && open && closing == null && (!outbox.isEmpty() || !leg.writable())) {
            progress.watch(leg);
        }
    }

    void flush() {
        if (unflushed > 0 && leg != null) {
            leg.flush();
            meter.latency.record(lane.nanoTime() - batch.since(), unflushed);
            unflushed = 0;
        }
    }

    /** Whether so much waits that the other side had better read no more. */
    boolean full() {
        return open && !outbox.isEmpty() && outbox.above(limits.highWater());
    }

    void reading(boolean on) {
        if (leg != null && on != reading) {
            leg.reading(on);
            read(on);
        }
    }

    private void read(boolean on) {
        if (on != reading) {
            reading = on;
            if (on) {
                meter.resumed(lane.nanoTime() - pausedAt);
            } else {
                meter.paused();
                pausedAt = lane.nanoTime();
            }
        }
    }

    /** Drops the audio of an item that waits; answers how many bytes of audio that was. */
    long dropUnsent(ItemKey item) {
        Outbox.Dropped dropped = outbox.drop(item);
        meter.interrupted.add(dropped.events());
        drain();
        return dropped.audioBytes();
    }

    /** The event that goes out right before the close, whatever else is lost. */
    void lastWord(Event event) {
        lastWord = event.copy();
    }

    /**
     * Closes the leg when all that waits has gone out, or soon if nothing moves; a leg that was too slow at once, and what
     * waits for it is dropped.
     */
    void close(CloseReason why) {
        if (leg == null || closing != null) {
            return;
        }
        closing = why;
        flush();
        if (!open || outbox.isEmpty() || why.failure() == Failure.CLIENT_TOO_SLOW) {
            end();
        } else {
            progress.close(leg);
        }
    }

    /** Gives up the leg and all that waits. */
    void closed() {
        leg = null;
        open = false;
        over = true;
        unflushed = 0;
        progress.end();
        meter.unsent.add(outbox.clear());
        read(true);
    }

    private void end() {
        progress.end();
        meter.unsent.add(outbox.clear());
        Leg now = leg;
        if (now != null && closing != null) {
            if (lastWord != null && open) {
                now.send(lastWord);
                lastWord = null;
            }
            now.close(closing);
        }
    }
}
