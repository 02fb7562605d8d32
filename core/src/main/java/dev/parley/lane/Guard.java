package dev.parley.lane;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a task so that its failure, of whatever kind, does not take down what comes after it. */
final class Guard {
    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    private Guard() {}

    static void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            // The text of a foreign exception may quote what was said; its kind and place may not.
            LOG.error("A task failed with {} at {}", e.getClass().getName(), place(e));
        }
    }

    private static String place(Throwable e) {
        StackTraceElement[] trace = e.getStackTrace();
        return trace.length == 0 ? "an unknown place" : trace[0].toString();
    }
}
