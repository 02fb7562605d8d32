package dev.parley.session;

import dev.parley.lane.Lane;

/** The events of a session that are treated at one go, and since when: one look at the clock for all of them. Lane only. */
final class Batch {
    private final Lane lane;
    private boolean open;
    private long since;

    Batch(Lane lane) {
        this.lane = lane;
    }

    /** When the first of them came, in ns of the lane's clock; now, if there was none yet. */
    long since() {
        if (!open) {
            open = true;
            since = lane.nanoTime();
        }
        return since;
    }

    /** All of them have gone on. */
    void end() {
        open = false;
    }
}
