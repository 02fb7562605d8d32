package dev.parley.session;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes that the outboxes of all sessions may hold together. Safe for use by all threads. */
public final class BufferBudget {
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /** A budget of so many bytes. */
    public BufferBudget(long limit) {
        this.limit = limit;
    }

    /** Takes bytes from the budget; answers whether there were enough. */
    boolean take(long bytes) {
        if (used.addAndGet(bytes) <= limit) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    /** Takes bytes though there may not be enough. */
    void takeAnyway(long bytes) {
        used.addAndGet(bytes);
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    /** The most bytes that may wait. */
    public long limit() {
        return limit;
    }

    /** The bytes that wait now, in all sessions. */
    public long used() {
        return used.get();
    }
}
