package dev.parley.session;

import dev.parley.RealtimeMetrics;
import dev.parley.leg.BufferBudget;
import dev.parley.leg.Failure;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts what all sessions do together. What passes is counted by each session's own meter alone; a reading adds them
 * up. Safe for use by all threads; a lane never waits here.
 */
public final class GatewayMeter {
    /** The codes of refusals that are counted by name. A provider may choose any other, and names must not grow without end. */
    public static final List<String> REFUSALS = List.of(
            "invalid_api_key",
            "client_secret_expired",
            "not_allowed",
            "origin_not_allowed",
            "model_not_found",
            "provider_not_found",
            "call_not_found",
            "session_quota_exceeded",
            "gateway_full",
            "too_many_client_secrets",
            "provider_refused",
            "provider_unreachable",
            "invalid_value",
            "invalid_type",
            "missing_required_parameter",
            "unknown_parameter",
            "invalid_json",
            "invalid_offer",
            "invalid_form",
            "unsupported_by_provider",
            "other");

    final PeerMeter clients = new PeerMeter();
    final PeerMeter providers = new PeerMeter();

    private final BufferBudget budget;
    private final LongAdder begun = new LongAdder();
    private final Map<Failure, LongAdder> ended = new EnumMap<>(Failure.class);
    private final Map<String, LongAdder> refusals = new HashMap<>();
    private final Set<SessionMeter> live = ConcurrentHashMap.newKeySet();
    /** Sessions that have ended and are not in the sums yet. */
    private final Queue<SessionMeter> gone = new ConcurrentLinkedQueue<>();
    /** Held by whoever adds up. */
    private final ReentrantLock sums = new ReentrantLock();

    private final long[] sent = new long[SessionMeter.Traffic.COUNTS];
    private final long[] received = new long[SessionMeter.Traffic.COUNTS];

    /** A meter of sessions that share a budget. */
    public GatewayMeter(BufferBudget budget) {
        this.budget = budget;
        for (Failure failure : Failure.values()) {
            ended.put(failure, new LongAdder());
        }
        REFUSALS.forEach(code -> refusals.put(code, new LongAdder()));
    }

    /** What the outboxes of all sessions may hold together. */
    public BufferBudget budget() {
        return budget;
    }

    /** Counts a request that was refused at the door. */
    public void refused(String code) {
        LongAdder known = refusals.getOrDefault(code, refusals.get("other"));
        if (known != null) {
            known.increment();
        }
    }

    void began(SessionMeter session) {
        begun.increment();
        live.add(session);
    }

    void ended(SessionMeter session, Failure why) {
        LongAdder count = ended.get(why);
        if (count != null) {
            count.increment();
        }
        gone.add(session);
        // Whoever holds the lock is adding up; the next one to do so finds what came too late.
        if (sums.tryLock()) {
            try {
                settle();
            } finally {
                sums.unlock();
            }
        }
    }

    /** Puts what ended sessions have carried into the sums: under the lock, so that no reading sees it twice or not at all. */
    private void settle() {
        for (SessionMeter session = gone.poll(); session != null; session = gone.poll()) {
            live.remove(session);
            session.sent.addTo(sent);
            session.received.addTo(received);
        }
    }

    /** How long events were inside Parley so far, both ways together. */
    public LatencyHistogram.Counts latency() {
        return clients.latency.counts().plus(providers.latency.counts());
    }

    /** What was counted so far. */
    public RealtimeMetrics read() {
        long[] up = new long[SessionMeter.Traffic.COUNTS];
        long[] down = new long[SessionMeter.Traffic.COUNTS];
        sums.lock();
        try {
            settle();
            live.forEach(session -> {
                session.sent.addTo(up);
                session.received.addTo(down);
            });
            for (int i = 0; i < up.length; i++) {
                up[i] += sent[i];
                down[i] += received[i];
            }
        } finally {
            sums.unlock();
        }
        Map<String, Long> ends = new HashMap<>();
        ended.forEach((failure, count) -> ends.put(failure.code(), count.sum()));
        long over = ends.values().stream().mapToLong(Long::longValue).sum();
        long all = begun.sum();
        Map<String, Long> refused = new HashMap<>();
        refusals.forEach((code, count) -> refused.put(code, count.sum()));
        return new RealtimeMetrics(
                new RealtimeMetrics.Sessions(all - over, all, ends),
                refused,
                SessionMeter.Traffic.direction(up, providers),
                SessionMeter.Traffic.direction(down, clients),
                clients.pauses(),
                providers.pauses(),
                new RealtimeMetrics.Buffers(budget.used(), budget.limit()));
    }
}
