package dev.parley.testkit.gemini;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The handles that were issued, and whose they are. */
final class Resumptions {
    private final Map<String, FakeGeminiSession> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger issued = new AtomicInteger();

    String issue(FakeGeminiSession session) {
        String handle = "handle-" + issued.incrementAndGet();
        sessions.put(handle, session);
        return handle;
    }

    Optional<FakeGeminiSession> find(String handle) {
        return Optional.ofNullable(sessions.get(handle));
    }

    /** No handle is known any more. */
    void forget() {
        sessions.clear();
    }
}
