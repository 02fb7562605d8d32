package dev.parley.session;

import dev.parley.RealtimeAudioFormat;
import dev.parley.RealtimeMetrics;
import dev.parley.RealtimeSessionConfig;
import dev.parley.RealtimeSessionStats;
import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.Event;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** Counts what passes a session in both directions. Written on the lane, read by any thread. */
final class SessionMeter {
    /** To the provider. */
    final Traffic sent = new Traffic();

    /** From the provider. */
    final Traffic received = new Traffic();

    /** A meter that takes the audio for what a configuration says. */
    SessionMeter(RealtimeSessionConfig config) {
        config.inputFormat().ifPresent(sent::format);
        config.outputFormat().ifPresent(received::format);
    }

    /** Learns the formats from a {@code session.created} or {@code session.updated}. */
    void learn(ControlEvent sessionEvent) {
        JsonNode audio = sessionEvent.jsonOrEmpty().path("session").path("audio");
        RealtimeAudioFormat.of(audio.path("input").path("format")).ifPresent(sent::format);
        RealtimeAudioFormat.of(audio.path("output").path("format")).ifPresent(received::format);
    }

    RealtimeSessionStats stats(String clientId, String sessionId, String provider, Instant connectedAt) {
        return new RealtimeSessionStats(
                clientId,
                sessionId,
                provider,
                connectedAt,
                received.audioChunks(),
                sent.audioChunks(),
                received.events(),
                sent.events(),
                received.bytes(),
                sent.bytes(),
                received.audioMillis(),
                sent.audioMillis());
    }

    /** What passed in one direction. */
    static final class Traffic {
        private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);
        private static final int EVENTS = 0;
        private static final int BYTES = 1;
        private static final int AUDIO_CHUNKS = 2;
        private static final int AUDIO_MICROS = 3;
        /** How many things are counted. */
        static final int COUNTS = 4;

        private final long[] counts = new long[COUNTS];
        private RealtimeAudioFormat format = RealtimeAudioFormat.PCM_24K;

        private void format(RealtimeAudioFormat now) {
            format = now;
        }

        <E extends Event> E counted(E event) {
            count(event);
            return event;
        }

        void count(Event event) {
            add(EVENTS, 1);
            add(BYTES, event.wire().length());
            if (event instanceof AudioEvent audio) {
                add(AUDIO_CHUNKS, 1);
                add(AUDIO_MICROS, format.nanos(audio.audioBytes()) / 1000);
            }
        }

        long events() {
            return read(EVENTS);
        }

        long bytes() {
            return read(BYTES);
        }

        long audioChunks() {
            return read(AUDIO_CHUNKS);
        }

        long audioMillis() {
            return read(AUDIO_MICROS) / 1000;
        }

        /** Adds what was counted to sums of the same order. */
        void addTo(long[] sums) {
            for (int i = 0; i < COUNTS; i++) {
                sums[i] += read(i);
            }
        }

        /** Sums over many sessions, as users see them. */
        static RealtimeMetrics.Direction direction(long[] sums, PeerMeter to) {
            return new RealtimeMetrics.Direction(
                    sums[EVENTS],
                    sums[BYTES],
                    sums[AUDIO_CHUNKS],
                    sums[AUDIO_MICROS] / 1000,
                    to.latency.read(),
                    to.dropped());
        }

        private void add(int which, long more) {
            COUNT.setOpaque(counts, which, counts[which] + more);
        }

        private long read(int which) {
            return (long) COUNT.getOpaque(counts, which);
        }
    }
}
