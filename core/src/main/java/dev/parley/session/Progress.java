package dev.parley.session;

import dev.parley.lane.Lane;
import dev.parley.leg.Leg;
import java.time.Duration;

/**
 * Watches whether a leg for which something waits takes any of it: a peer that is slow may go on, one that has stopped may
 * not. Looks now and then, and only while something waits. Lane only.
 */
final class Progress {
    /** How many looks there are in the time after which a leg counts as stuck: it is found that part of it too late. */
    private static final int LOOKS = 10;
    /** How long a leg that is to be closed may take nothing of what waits. */
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Lane lane;
    private final Duration patience;
    private final Runnable stuck;
    private final Duration farewell;
    private final Runnable cut;
    private Runnable timer = Progress::nothing;
    private boolean watching;
    private boolean timed;
    private long taken;
    private long moved;
    private long closingAt;

    /**
     * Watches nothing yet.
     *
     * @param patience after which a leg that took nothing is {@code stuck}
     * @param farewell how long a leg that is to be closed may go on, as long as it takes something; then it is
     *     {@code cut}
     */
    Progress(Lane lane, Duration patience, Runnable stuck, Duration farewell, Runnable cut) {
        this.lane = lane;
        this.patience = patience;
        this.stuck = stuck;
        this.farewell = farewell;
        this.cut = cut;
    }

    /** Begins to watch a leg, if that is not done already. */
    void watch(Leg leg) {
        if (!watching) {
            watching = true;
            taken = leg.taken();
            moved = lane.nanoTime();
            if (!timed) {
                timed = true;
                timer = lane.schedule(() -> look(leg), patience.dividedBy(LOOKS));
            }
        }
    }

    private void look(Leg leg) {
        timed = false;
        if (!watching) {
            return;
        }
        if (moved(leg)) {
            moved = lane.nanoTime();
        } else if (lane.nanoTime() - moved >= patience.toNanos()) {
            watching = false;
            stuck.run();
            return;
        }
        timed = true;
        timer = lane.schedule(() -> look(leg), patience.dividedBy(LOOKS));
    }

    /** Nothing waits any more. The timer stays, since a fast leg is full and free again many times a second. */
    void free() {
        watching = false;
    }

    /** Ends all watching. */
    void end() {
        watching = false;
        timed = false;
        timer.run();
    }

    /** The leg is to be closed when all that waits has gone. */
    void close(Leg leg) {
        end();
        taken = leg.taken();
        closingAt = lane.nanoTime();
        timer = lane.schedule(() -> lookAtLast(leg), CLOSING);
    }

    private void lookAtLast(Leg leg) {
        if (moved(leg) && lane.nanoTime() - closingAt < farewell.toNanos()) {
            timer = lane.schedule(() -> lookAtLast(leg), CLOSING);
        } else {
            cut.run();
        }
    }

    private boolean moved(Leg leg) {
        long now = leg.taken();
        boolean more = now > taken;
        taken = Math.max(taken, now);
        return more;
    }

    private static void nothing() {}
}
