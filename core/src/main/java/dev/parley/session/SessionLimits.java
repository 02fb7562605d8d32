package dev.parley.session;

import java.time.Duration;
import java.util.Optional;

/**
 * What one session may take, in time and memory.
 *
 * @param dialTimeout how long connecting to the provider may take
 * @param dialBuffer bytes of client events kept while the provider is being dialled; a lone event always fits. For
 *     each event that waits, here and in the outbox, 256 bytes are counted beside its own
 * @param outbox bytes that may wait for one leg
 * @param highWater waiting bytes from which the other leg is read no more
 * @param stuck how long a leg may take nothing before it is closed
 * @param maxAudio bytes of audio in one event (OpenAI Realtime: 15 MiB)
 * @param longest after which a session ends, from when the provider is connected; empty: the provider's own limit
 * @param clientIdle silence, pongs included, after which a client is taken for lost; a ping goes out at half of it
 */
public record SessionLimits(
        Duration dialTimeout,
        int dialBuffer,
        int outbox,
        int highWater,
        Duration stuck,
        int maxAudio,
        Optional<Duration> longest,
        Duration clientIdle) {
    /** 10 s, 8 MiB, 32 MiB, 1 MiB, 30 s, 15 MiB, no end, 30 s. */
    public static final SessionLimits DEFAULT = new SessionLimits(
            Duration.ofSeconds(10),
            8 << 20,
            32 << 20,
            1 << 20,
            Duration.ofSeconds(30),
            15 << 20,
            Optional.empty(),
            Duration.ofSeconds(30));

    /** These limits, with sessions that last no longer than this. */
    public SessionLimits lasting(Duration atMost) {
        Duration lower =
                longest.filter(already -> already.compareTo(atMost) < 0).orElse(atMost);
        return new SessionLimits(
                dialTimeout, dialBuffer, outbox, highWater, stuck, maxAudio, Optional.of(lower), clientIdle);
    }
}
