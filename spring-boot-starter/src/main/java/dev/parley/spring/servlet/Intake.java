package dev.parley.spring.servlet;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Whether a client is read: not while the session wants none of it, nor while too much of it is under way to the session's
 * lane. Safe for use by all threads.
 */
final class Intake {
    private final long high;
    private final AtomicLong underWay = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable ContainerSocket socket;
    private boolean wanted = true;
    private boolean choked;
    private boolean reads = true;

    /** An intake that pauses above so many bytes, until half of them are left. */
    Intake(long high) {
        this.high = high;
    }

    /** The socket is open, and reads. */
    void opened(ContainerSocket open) {
        change(() -> socket = open);
    }

    /** What the session wants. */
    void wanted(boolean on) {
        change(() -> wanted = on);
    }

    /** Bytes have come, and are on their way to the lane. */
    void came(long bytes) {
        if (underWay.addAndGet(bytes) > high) {
            // Looked at again, since the lane may have been quicker.
            change(() -> choked |= underWay.get() > high);
        }
    }

    /** Bytes have arrived on the lane. */
    void arrived(long bytes) {
        if (underWay.addAndGet(-bytes) <= high / 2) {
            change(() -> choked &= underWay.get() > high / 2);
        }
    }

    /** Whether the client is read now. */
    boolean reads() {
        lock.lock();
        try {
            return reads;
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            boolean should = wanted && !choked;
            ContainerSocket open = socket;
            if (should != reads && open != null) {
                reads = should;
                open.reading(should);
            }
        } catch (RuntimeException e) {
            // A socket that has ended reads nothing more, and tells that by itself.
            reads = true;
        } finally {
            lock.unlock();
        }
    }
}
