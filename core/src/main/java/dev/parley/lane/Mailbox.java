package dev.parley.lane;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where user code gets its news: a serial queue that is drained on a virtual thread while there is something in it, so
 * that user code never runs on a lane. Bounded: what finds no room is dropped and counted. Safe for use by all threads.
 */
public final class Mailbox {
    private static final Executor THREADS = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("parley-user-", 0).factory());

    private final SerialLane queue = new SerialLane();
    private final int capacity;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();

    /** A mailbox with room for so many messages. */
    public Mailbox(int capacity) {
        this.capacity = capacity;
    }

    /** Runs user code after all that was posted before; answers whether there was room. */
    public boolean post(Runnable news) {
        if (waiting.incrementAndGet() > capacity) {
            waiting.decrementAndGet();
            dropped.incrementAndGet();
            return false;
        }
        deliver(news);
        return true;
    }

    /** Runs the last news, for which there is always room: whoever is told of an end frees what it has by it. */
    public void postLast(Runnable news) {
        waiting.incrementAndGet();
        deliver(news);
    }

    private void deliver(Runnable news) {
        queue.execute(() -> {
            try {
                news.run();
            } finally {
                waiting.decrementAndGet();
            }
        });
    }

    /** How many messages were dropped so far. */
    public long dropped() {
        return dropped.get();
    }

    /** A virtual thread for user code that need not keep any order. */
    public static Executor threads() {
        return THREADS;
    }
}
