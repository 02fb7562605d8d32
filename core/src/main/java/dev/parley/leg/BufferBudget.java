package dev.parley.leg;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that may wait in all sessions together because somebody is slow. Each session takes from it through an
 * {@link Account} of its own, and gets at most three times of what it leaves to all others: so the fewer are slow the
 * more each may have. The first bytes of each session, as many as a socket holds, are never refused, so that those who are
 * hardly slow do not pay for those who are. Safe for use by all threads.
 */
public final class BufferBudget {
    private static final int SHARE = 3;
    private static final long SURE = 128 << 10;

    private final long limit;
    private final long sure;
    private final AtomicLong used = new AtomicLong();

    /** A budget of so many bytes. */
    public BufferBudget(long limit) {
        this.limit = limit;
        this.sure = Math.min(SURE, limit >> 8);
    }

    /** The most bytes that may wait. */
    public long limit() {
        return limit;
    }

    /** The bytes that wait now, in all sessions. */
    public long used() {
        return used.get();
    }

    /** An account without anything on it. */
    public Account account() {
        return new Account();
    }

    /** What one session has of the budget. Safe for use by all threads. */
    public final class Account {
        private final AtomicLong held = new AtomicLong();

        private Account() {}

        /** Takes bytes; answers whether there were enough for this session. */
        public boolean take(long bytes) {
            long all = used.addAndGet(bytes);
            long mine = held.addAndGet(bytes);
            if (mine <= sure || mine <= SHARE * (limit - all)) {
                return true;
            }
            giveBack(bytes);
            return false;
        }

        /** Takes bytes though there may not be enough. */
        public void takeAnyway(long bytes) {
            used.addAndGet(bytes);
            held.addAndGet(bytes);
        }

        /** Gives back bytes that were taken. */
        public void giveBack(long bytes) {
            held.addAndGet(-bytes);
            used.addAndGet(-bytes);
        }

        /** Whether this session has so much of what is there that it had better take no more. */
        public boolean tight() {
            long mine = held.get();
            return mine > sure / 4 && mine > limit - used.get();
        }
    }
}
