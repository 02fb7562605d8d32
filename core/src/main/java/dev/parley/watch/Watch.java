package dev.parley.watch;

import dev.parley.session.GatewayMeter;
import dev.parley.session.LatencyHistogram;
import dev.parley.session.SessionTerms;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** What is seen of all sessions that have begun since somebody watches. Safe for use by all threads. */
public final class Watch {
    private final GatewayMeter meter;
    private final LatencyHistogram waits = new LatencyHistogram();
    private final AtomicLong begun = new AtomicLong();
    private final Map<String, Long> numbers = new ConcurrentHashMap<>();
    /** By their number, so that the newest are found first. */
    private final ConcurrentSkipListMap<Long, ObservedSession> sessions = new ConcurrentSkipListMap<>();

    /** A watch on sessions that share a meter. */
    public Watch(GatewayMeter meter) {
        this.meter = meter;
    }

    /** The terms of a session that is to be watched. */
    public SessionTerms observed(SessionTerms terms) {
        return terms.with(new Observer.Joining(terms.participant(), (floor, participant) -> {
            ObservedSession session = new ObservedSession(this, terms.caller(), floor, participant.agent());
            long number = begun.incrementAndGet();
            sessions.put(number, session);
            numbers.put(session.id(), number);
            return session;
        }));
    }

    void forget(ObservedSession session) {
        Long number = numbers.remove(session.id());
        if (number != null) {
            sessions.remove(number);
        }
    }

    LatencyHistogram waits() {
        return waits;
    }

    /** How many sessions are watched. */
    public int count() {
        return numbers.size();
    }

    /** Those that began last, the newest first; so many at the most. */
    public List<ObservedSession> newest(int most) {
        return sessions.descendingMap().values().stream().limit(most).toList();
    }

    /** The session of an id. */
    public Optional<ObservedSession> session(String id) {
        return Optional.ofNullable(numbers.get(id)).map(sessions::get);
    }

    /** How long events were inside Parley so far, both ways together. */
    public LatencyHistogram.Counts added() {
        return meter.latency();
    }

    /** How long users waited so far, from the ends of their speech to the first audio of the answers. */
    public LatencyHistogram.Counts voiceToVoice() {
        return waits.counts();
    }
}
