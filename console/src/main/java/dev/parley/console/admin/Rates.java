package dev.parley.console.admin;

import dev.parley.RealtimeSessionStats;
import dev.parley.protocol.Json;
import dev.parley.watch.ObservedSession;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** How much sessions carried in the last seconds. Safe for use by all threads. */
final class Rates {
    /** How many readings of a session are kept, one a second. */
    private static final int MOST = 5;

    private final ReentrantLock lock = new ReentrantLock();
    private Map<String, Deque<Reading>> sessions = new HashMap<>();

    private record Reading(long nanos, RealtimeSessionStats stats) {}

    /** Reads these sessions, and forgets all others. */
    void read(List<ObservedSession> live, long now) {
        lock.lock();
        try {
            Map<String, Deque<Reading>> next = HashMap.newHashMap(live.size());
            for (ObservedSession session : live) {
                Deque<Reading> readings = sessions.getOrDefault(session.id(), new ArrayDeque<>(MOST));
                if (readings.size() == MOST) {
                    readings.removeFirst();
                }
                readings.addLast(new Reading(now, session.stats()));
                next.put(session.id(), readings);
            }
            sessions = next;
        } finally {
            lock.unlock();
        }
    }

    /** The rates of a session that has carried so much by now; of one that was not read yet, those of its whole life. */
    ObjectNode json(RealtimeSessionStats now, long nanos, long ageMillis) {
        Reading oldest = oldest(now.sessionId());
        double seconds = oldest == null ? ageMillis / 1e3 : (nanos - oldest.nanos()) / 1e9;
        RealtimeSessionStats before = oldest == null ? null : oldest.stats();
        return Json.object()
                .put("to_provider_bytes", rate(now.bytesSent() - (before == null ? 0 : before.bytesSent()), seconds))
                .put(
                        "to_client_bytes",
                        rate(now.bytesReceived() - (before == null ? 0 : before.bytesReceived()), seconds))
                .put("events", rate(events(now) - (before == null ? 0 : events(before)), seconds));
    }

    private @Nullable Reading oldest(String id) {
        lock.lock();
        try {
            Deque<Reading> readings = sessions.get(id);
            return readings == null ? null : readings.getFirst();
        } finally {
            lock.unlock();
        }
    }

    private static long events(RealtimeSessionStats stats) {
        return stats.eventsSent() + stats.eventsReceived();
    }

    /** What was carried in so short a time that it tells nothing counts as in a tenth of a second. */
    private static long rate(long count, double seconds) {
        return Math.round(count / Math.max(0.1, seconds));
    }
}
