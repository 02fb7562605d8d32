package dev.parley.lane;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * The one serial home of a session: everything of the session happens on it, in order, and it is the session's only
 * clock and dice. On Netty it is the event loop that owns the session's sockets. Blocking it is forbidden.
 *
 * <p>{@link #execute}, {@link #schedule} and {@link #nanoTime} may be called from any thread; the rest from the lane alone.
 */
public interface Lane extends Executor {
    /** Whether the calling thread is on this lane. */
    boolean inLane();

    /** A clock for measuring, in nanoseconds from an arbitrary start; never goes back. */
    long nanoTime();

    /** The time of day in milliseconds since 1970-01-01T00:00Z. */
    long epochMillis();

    /** The session's dice. */
    RandomGenerator random();

    /**
     * Runs a task on this lane after a delay.
     *
     * @return cancels the task if it has not started; may be run from the lane, any number of times
     */
    Runnable schedule(Runnable task, Duration delay);
}
