package dev.parley.gemini.live;

import dev.parley.gemini.uplink.Uplink;
import dev.parley.provider.reply.LaneWork;
import java.time.Duration;

/** Tells Gemini of what clients have added and do not ask about: when it does not speak, which that would cut off. Lane only. */
final class Mentions {
    /** How long items wait to be asked about. */
    private static final Duration WAIT = Duration.ofMillis(300);

    private final PendingTurns pending;
    private final Responses responses;
    private final Uplink uplink;
    private final LaneWork work;
    private Runnable timer = () -> {};
    private boolean seeds;

    Mentions(PendingTurns pending, Responses responses, Uplink uplink, LaneWork work) {
        this.pending = pending;
        this.responses = responses;
        this.uplink = uplink;
        this.work = work;
    }

    /** Tells of it in a while, if it has not been asked about by then. */
    void later() {
        stop();
        timer = work.later(this::due, WAIT);
    }

    private void due() {
        if (responses.owed()) {
            // Gemini takes content for an interruption as long as it takes an answer for being played.
            later();
        } else {
            now();
        }
    }

    /** Tells of it, if that interrupts nothing. */
    void now() {
        if (!responses.active() && !responses.owed()) {
            seeds(false);
            pending.mention();
        }
    }

    void stop() {
        timer.run();
    }

    /** What waits is told now; {@code ask} if its end is a question. */
    void seeds(boolean ask) {
        seeds |= !uplink.started() && pending.history(ask);
    }

    /** Whether the first connection is told a history before everything else. */
    boolean seeds() {
        return seeds;
    }
}
