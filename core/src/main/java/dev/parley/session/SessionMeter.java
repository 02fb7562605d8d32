package dev.parley.session;

import dev.parley.RealtimeAudioFormat;
import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.Event;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Counts what passes in one direction. Written on the lane, read by any thread. */
final class SessionMeter {
    private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int EVENTS = 0;
    private static final int BYTES = 1;
    private static final int AUDIO_CHUNKS = 2;
    private static final int AUDIO_BYTES = 3;
    private static final int AUDIO_MICROS = 4;

    private final long[] counts = new long[5];
    private RealtimeAudioFormat format = RealtimeAudioFormat.PCM_24K;

    /** From now on audio is in this format. */
    void format(RealtimeAudioFormat now) {
        format = now;
    }

    void count(Event event) {
        add(EVENTS, 1);
        add(BYTES, event.wire().length());
        if (event instanceof AudioEvent audio) {
            int bytes = audio.audioBytes();
            add(AUDIO_CHUNKS, 1);
            add(AUDIO_BYTES, bytes);
            add(AUDIO_MICROS, bytes * 1_000_000L / format.bytesPerSecond());
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

    long audioBytes() {
        return read(AUDIO_BYTES);
    }

    long audioMillis() {
        return read(AUDIO_MICROS) / 1000;
    }

    private void add(int which, long more) {
        COUNT.setOpaque(counts, which, counts[which] + more);
    }

    private long read(int which) {
        return (long) COUNT.getOpaque(counts, which);
    }
}
