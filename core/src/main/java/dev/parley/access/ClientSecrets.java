package dev.parley.access;

import dev.parley.RealtimeSessionConfig;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The client secrets that this gateway has issued ({@code ek_…}): short-lived, reusable until they expire, kept in
 * memory by their SHA-256. Safe for use by all threads. OpenAI Realtime: {@code POST /v1/realtime/client_secrets}.
 */
public final class ClientSecrets {
    /** A day's worth at one a second. */
    private static final int MOST = 86_400;
    /** Of all that the secrets carry together, in characters of JSON: each may have long instructions. */
    private static final int MOST_CARRIED = 32 << 20;
    /** So long an expired one is told from one that never was. */
    private static final Duration REMEMBERED = Duration.ofHours(1);
    /** How often, in secrets issued, the forgotten ones are removed. */
    private static final int SWEEP = 64;

    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock;
    private final Map<String, Secret> byDigest = new ConcurrentHashMap<>();
    private final AtomicLong carried = new AtomicLong();

    /** None yet. */
    public ClientSecrets(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Issues a secret.
     *
     * @param session what the sessions of its holder start with
     * @return empty if too many are out
     */
    public Optional<Issued> issue(Optional<ClientKey> key, RealtimeSessionConfig session, Duration lifetime) {
        int size = session.session().map(fields -> fields.toString().length()).orElse(0);
        if (full(size) || byDigest.size() % SWEEP == 0) {
            sweep();
        }
        if (full(size)) {
            return Optional.empty();
        }
        carried.addAndGet(size);
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        String value = "ek_" + HexFormat.of().formatHex(bytes);
        long expires = clock.millis() + lifetime.toMillis();
        byDigest.put(ClientKey.digest(value), new Secret(key, session, expires, size));
        return Optional.of(new Issued(value, expires / 1000));
    }

    private boolean full(int more) {
        return byDigest.size() >= MOST || carried.get() + more > MOST_CARRIED;
    }

    private void sweep() {
        long forgotten = clock.millis() - REMEMBERED.toMillis();
        byDigest.forEach((digest, secret) -> {
            if (secret.expiresAtMillis() < forgotten && byDigest.remove(digest, secret)) {
                carried.addAndGet(-secret.size());
            }
        });
    }

    /** The secret of a digest, expired or not. */
    Optional<Secret> find(String digest) {
        return Optional.ofNullable(byDigest.get(digest));
    }

    boolean expired(Secret secret) {
        return clock.millis() >= secret.expiresAtMillis();
    }

    /**
     * What is kept of a secret.
     *
     * @param size of the session, in characters of JSON
     */
    record Secret(Optional<ClientKey> key, RealtimeSessionConfig session, long expiresAtMillis, int size) {}

    /**
     * A new secret, for its holder's eyes.
     *
     * @param value {@code ek_…}
     * @param expiresAt in seconds since 1970-01-01T00:00Z
     */
    public record Issued(String value, long expiresAt) {
        /** Says nothing of the value. */
        @Override
        public String toString() {
            return "Issued[expiresAt=" + expiresAt + "]";
        }
    }
}
