package dev.parley.local.voice;

/**
 * Keeps audio ahead of its playback by a bounded lead: all at once up to the lead, from then on in real time. Times are
 * nanoseconds of the lane's clock.
 */
final class Pacer {
    private final long lead;
    private long playedUntil;
    private boolean started;

    Pacer(long leadNanos) {
        lead = leadNanos;
    }

    /** How long to wait before the next delta; 0: none. */
    long waitNanos(long now) {
        return started ? Math.max(0, playedUntil - lead - now) : 0;
    }

    /** Notes that audio of this length was sent. */
    void sent(long nanos, long now) {
        // After a gap playback starts anew.
        playedUntil = started ? Math.max(playedUntil, now) + nanos : now + nanos;
        started = true;
    }

    /** What was sent and not yet played, if it is played as it comes. */
    long ahead(long now) {
        return started ? Math.max(0, playedUntil - now) : 0;
    }
}
