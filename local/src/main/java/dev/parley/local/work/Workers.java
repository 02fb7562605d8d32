package dev.parley.local.work;

/** Where the work of sessions is done that must not block their lanes. Safe for use by all threads. */
public interface Workers {
    /**
     * Runs a task that may wait, on a thread of its own.
     *
     * @return gives the task up: interrupts it if it runs
     */
    Runnable think(Runnable task);

    /** Runs a task that computes and never waits, on one of a few threads, in order of arrival. */
    void compute(Runnable task);
}
