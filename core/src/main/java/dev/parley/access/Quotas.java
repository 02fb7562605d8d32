package dev.parley.access;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Counts the sessions of each key. Safe for use by all threads. */
public final class Quotas {
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();

    /** A seat for one session more; empty if the key has as many sessions as it may have. */
    public Optional<Seat> take(Grant grant) {
        int most = grant.key()
                .map(key -> key.maxSessions().orElse(Integer.MAX_VALUE))
                .orElse(Integer.MAX_VALUE);
        AtomicBoolean got = new AtomicBoolean();
        taken.compute(grant.holder(), (holder, count) -> {
            int now = count == null ? 0 : count;
            got.set(now < most);
            return got.get() ? (Integer) (now + 1) : count;
        });
        return got.get() ? Optional.of(new Seat(grant.holder())) : Optional.empty();
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
                taken.computeIfPresent(holder, (name, count) -> count == 1 ? null : (Integer) (count - 1));
            }
        }
    }
}
