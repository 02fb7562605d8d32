package dev.parley.access;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the sessions of each key and of all clients. Safe for use by all threads. */
public final class Quotas {
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();
    private final AtomicInteger all = new AtomicInteger();
    private final int maxSessions;

    /** For so many sessions of all clients together. */
    public Quotas(int maxSessions) {
        this.maxSessions = maxSessions;
    }

    /** Whether all clients together have as many sessions as they may have. */
    public boolean full() {
        return all.get() >= maxSessions;
    }

    /** A seat for one session more; empty if the key, or all clients together, have as many as they may have. */
    public Optional<Seat> take(Grant grant) {
        if (all.incrementAndGet() > maxSessions) {
            all.decrementAndGet();
            return Optional.empty();
        }
        int most = grant.key()
                .map(key -> key.maxSessions().orElse(Integer.MAX_VALUE))
                .orElse(Integer.MAX_VALUE);
        AtomicBoolean got = new AtomicBoolean();
        taken.compute(grant.holder(), (holder, count) -> {
            int now = count == null ? 0 : count;
            got.set(now < most);
            return got.get() ? (Integer) (now + 1) : count;
        });
        if (!got.get()) {
            all.decrementAndGet();
            return Optional.empty();
        }
        return Optional.of(new Seat(grant.holder()));
    }

    /** One session's place. */
    public final class Seat {
        private final String holder;
        private final AtomicBoolean free = new AtomicBoolean();

        private Seat(String holder) {
            this.holder = holder;
        }

        /** Gives the place back; any time but the first does nothing. */
        public void free() {
            if (free.compareAndSet(false, true)) {
                all.decrementAndGet();
                taken.computeIfPresent(holder, (name, count) -> count == 1 ? null : (Integer) (count - 1));
            }
        }
    }
}
