package dev.parley.session;

import dev.parley.RealtimeException;
import java.time.Duration;
import java.util.Optional;

/**
 * What one session may take, in time and memory. Made by {@link #builder}; a value that makes no sense is a
 * {@link RealtimeException.InvalidConfig}.
 *
 * @param dialTimeout how long connecting to the provider may take; at most 2 minutes
 * @param dialBuffer bytes of client events kept while the provider is being dialled; a lone event always fits. For
 *     each event that waits, here and in the outbox, 256 bytes are counted beside its own
 * @param outbox bytes that may wait for one leg; at least {@code highWater}
 * @param highWater waiting bytes from which the other leg is read no more
 * @param stuck how long a leg may take no byte at all of what waits for it, before the session ends
 * @param farewell how long a client that is slow, and whose session has ended, has to read what its socket holds, the
 *     error and the close; 0: two seconds, as any other client
 * @param maxMessage bytes in one message of a client
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
        Duration farewell,
        int maxMessage,
        int maxAudio,
        Optional<Duration> longest,
        Duration clientIdle) {
    /** The longest {@link #dialTimeout}. */
    public static final Duration LONGEST_DIAL = Duration.ofMinutes(2);

    /** 10 s, 8 MiB, 32 MiB, 1 MiB, 30 s, 60 s, 21 MiB, 15 MiB, no end, 30 s. */
    public static final SessionLimits DEFAULT = new Builder().build();

    public SessionLimits {
        between("dialTimeout", dialTimeout, Duration.ofMillis(1), LONGEST_DIAL);
        between("stuck", stuck, Duration.ofMillis(10), Duration.ofDays(1));
        between("farewell", farewell, Duration.ZERO, Duration.ofDays(1));
        between("clientIdle", clientIdle, Duration.ofMillis(100), Duration.ofDays(1));
        longest.ifPresent(time -> between("longest", time, Duration.ofMillis(1), Duration.ofDays(365)));
        atLeast("dialBuffer", dialBuffer, 1);
        atLeast("highWater", highWater, 1);
        if (outbox < highWater) {
            throw new RealtimeException.InvalidConfig("outbox is " + outbox + " bytes, and highWater " + highWater
                    + "; an outbox must hold at least what makes the other side wait");
        }
        atLeast("maxMessage", maxMessage, 1024);
        atLeast("maxAudio", maxAudio, 1);
    }

    private static void between(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new RealtimeException.InvalidConfig(name + " is " + value.toMillis() + " ms; it must be between "
                    + least.toMillis() + " and " + most.toMillis() + " ms");
        }
    }

    private static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new RealtimeException.InvalidConfig(name + " is " + value + " bytes; it must be at least " + least);
        }
    }

    /** Limits at their defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** These limits, with sessions that last no longer than this. */
    public SessionLimits lasting(Duration atMost) {
        Duration lower =
                longest.filter(already -> already.compareTo(atMost) < 0).orElse(atMost);
        return new SessionLimits(
                dialTimeout,
                dialBuffer,
                outbox,
                highWater,
                stuck,
                farewell,
                maxMessage,
                maxAudio,
                Optional.of(lower),
                clientIdle);
    }

    /** Collects the limits; sizes in bytes. Not safe for use by several threads. */
    public static final class Builder {
        private Duration dialTimeout = Duration.ofSeconds(10);
        private int dialBuffer = 8 << 20;
        private int outbox = 32 << 20;
        private int highWater = 1 << 20;
        private Duration stuck = Duration.ofSeconds(30);
        private Duration farewell = Duration.ofSeconds(60);
        private int maxMessage = 21 << 20;
        private int maxAudio = 15 << 20;
        private Optional<Duration> longest = Optional.empty();
        private Duration clientIdle = Duration.ofSeconds(30);

        private Builder() {}

        /** How long connecting to the provider may take. */
        public Builder dialTimeout(Duration time) {
            dialTimeout = time;
            return this;
        }

        /** What is kept of the client's events meanwhile. */
        public Builder dialBuffer(int bytes) {
            dialBuffer = bytes;
            return this;
        }

        /** What may wait for one leg. */
        public Builder outbox(int bytes) {
            outbox = bytes;
            return this;
        }

        /** What must wait for one leg for the other to be read no more. */
        public Builder highWater(int bytes) {
            highWater = bytes;
            return this;
        }

        /** How long a leg may take nothing. */
        public Builder stuck(Duration time) {
            stuck = time;
            return this;
        }

        /** How long a slow client may take to read the end. */
        public Builder farewell(Duration time) {
            farewell = time;
            return this;
        }

        /** The longest message of a client. */
        public Builder maxMessage(int bytes) {
            maxMessage = bytes;
            return this;
        }

        /** The most audio in one event. */
        public Builder maxAudio(int bytes) {
            maxAudio = bytes;
            return this;
        }

        /** How long a session may last. */
        public Builder longest(Duration time) {
            longest = Optional.of(time);
            return this;
        }

        /** How long a client may be silent. */
        public Builder clientIdle(Duration time) {
            clientIdle = time;
            return this;
        }

        /** The limits. */
        public SessionLimits build() {
            return new SessionLimits(
                    dialTimeout,
                    dialBuffer,
                    outbox,
                    highWater,
                    stuck,
                    farewell,
                    maxMessage,
                    maxAudio,
                    longest,
                    clientIdle);
        }
    }
}
