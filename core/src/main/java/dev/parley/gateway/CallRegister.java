package dev.parley.gateway;

import dev.parley.access.Grant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The calls that were placed through this gateway and are on. Safe for use by all threads. */
public final class CallRegister {
    private final Map<String, Entry> calls = new ConcurrentHashMap<>();

    void add(String callId, Grant grant, String provider) {
        calls.put(callId, new Entry(grant.holder(), provider));
    }

    void remove(String callId) {
        calls.remove(callId);
    }

    /** Whether a client may join a call: one that it placed, or one of which this gateway knows nothing. */
    boolean joinable(String callId, Grant grant) {
        Entry entry = calls.get(callId);
        return entry == null || entry.holder().equals(grant.holder());
    }

    /** The provider of a call. */
    Optional<String> provider(String callId) {
        return Optional.ofNullable(calls.get(callId)).map(Entry::provider);
    }

    private record Entry(String holder, String provider) {}
}
