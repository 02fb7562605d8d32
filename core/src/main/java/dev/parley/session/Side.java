package dev.parley.session;

import dev.parley.lane.Lane;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Leg;
import dev.parley.protocol.Event;
import dev.parley.protocol.ItemKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One side of a session: the leg that is there now, if any, and the outbox before it. The outbox belongs to the side
 * and not to the leg, so that what waits outlives a leg that is replaced. Lane only.
 */
final class Side {
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Lane lane;
    private final SessionLimits limits;
    private final PeerMeter meter;
    private final Batch batch;
    private final Runnable stuck;
    private final Outbox outbox;
    private @Nullable Leg leg;
    private boolean open;
    /** How many events the leg has got that were not flushed. */
    private int unflushed;

    private boolean reading = true;
    private long pausedAt;
    private @Nullable CloseReason closing;
    private boolean over;
    private Runnable timer = Side::nothing;
    private boolean watched;

    /**
     * A side without a leg.
     *
     * @param batch tells when the events that are sent came
     * @param onStuck runs when an open leg has taken nothing for too long
     */
    Side(Lane lane, SessionLimits limits, BufferBudget budget, PeerMeter meter, Batch batch, Runnable onStuck) {
        this.lane = lane;
        this.limits = limits;
        this.meter = meter;
        this.batch = batch;
        this.stuck = onStuck;
        this.outbox = new Outbox(budget);
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
            return true;
        }
        boolean kept = outbox.add(event, batch.since(), open ? limits.outbox() : limits.dialBuffer());
        if (open) {
            watch();
        }
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
        List<Outbox.Waiting> moved = new ArrayList<>();
        while (now.writable()) {
            Outbox.Waiting first = outbox.poll();
            if (first == null) {
                break;
            }
            now.send(first.event());
            moved.add(first);
        }
        if (!moved.isEmpty()) {
            now.flush();
            long gone = lane.nanoTime();
            moved.forEach(each -> meter.latency.record(gone - each.arrived(), 1));
            unwatch();
        }
        if (!outbox.isEmpty()) {
            watch();
        } else if (closing != null) {
            end(closing);
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
        return open && outbox.bytes() > limits.highWater();
    }

    void reading(boolean on) {
        if (leg != null && on != reading) {
            reading = on;
            leg.reading(on);
            if (on) {
                meter.resumed(lane.nanoTime() - pausedAt);
            } else {
                meter.paused();
                pausedAt = lane.nanoTime();
            }
        }
    }

    int dropUnsent(ItemKey item) {
        int dropped = outbox.drop(item);
        meter.interrupted.add(dropped);
        if (outbox.isEmpty()) {
            unwatch();
        }
        return dropped;
    }

    /** Closes the leg when all that waits has gone out, or soon in any case. */
    void close(CloseReason why) {
        if (leg == null || closing != null) {
            return;
        }
        closing = why;
        flush();
        if (!open || outbox.isEmpty()) {
            end(why);
        } else {
            timer.run();
            timer = lane.schedule(() -> end(why), CLOSING);
        }
    }

    /** Gives up the leg and all that waits. */
    void closed() {
        leg = null;
        open = false;
        over = true;
        unflushed = 0;
        timer.run();
        meter.unsent.add(outbox.clear());
        if (!reading) {
            reading = true;
            meter.resumed(lane.nanoTime() - pausedAt);
        }
    }

    private void end(CloseReason why) {
        timer.run();
        meter.unsent.add(outbox.clear());
        if (leg != null) {
            leg.close(why);
        }
    }

    private void watch() {
        if (!watched && closing == null) {
            watched = true;
            timer = lane.schedule(stuck, limits.stuck());
        }
    }

    private void unwatch() {
        if (closing == null) {
            timer.run();
            watched = false;
        }
    }

    private static void nothing() {}
}
