package dev.parley.provider.reply;

import dev.parley.lane.Lane;
import java.time.Duration;

/** A session's way back to its lane. What is posted after the session's end is dropped. */
public interface LaneWork {
    /** The lane. */
    Lane lane();

    /** Runs a task on the lane, later. May be called from any thread. */
    void post(Runnable task);

    /** Runs a task on the lane after a delay; the answer cancels it. */
    Runnable later(Runnable task, Duration delay);
}
