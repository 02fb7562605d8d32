package dev.parley.server.call;

import dev.parley.audio.Wav;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A recording of a call in stereo: left what the caller says, right what the caller hears, each where it belongs in
 * time. Holds at most {@link #MOST_MINUTES}; what comes later is not recorded. Safe for use by all threads.
 */
public final class Tape {
    /** The longest recording. */
    public static final int MOST_MINUTES = 10;

    private static final int MOST = MOST_MINUTES * 60 * Line.HERTZ;

    private final ReentrantLock lock = new ReentrantLock();
    private short[] left = new short[0];
    private short[] right = new short[0];
    private long started;
    private int callerEnd = -1;
    private int end;

    /** Where on the tape a moment is, in samples; the first moment asked for is where it begins. */
    int position(long nanos) {
        lock.lock();
        try {
            if (started == 0) {
                started = nanos;
            }
            return (int) Math.min(Integer.MAX_VALUE, (nanos - started) * Line.HERTZ / 1_000_000_000L);
        } finally {
            lock.unlock();
        }
    }

    /** Takes what the caller says now, right behind what the caller said before. */
    void caller(short[] frame) {
        lock.lock();
        try {
            int now = position(System.nanoTime());
            int at = callerEnd < 0 || now - callerEnd > Line.HERTZ / 5 ? now : callerEnd;
            callerEnd = at + frame.length;
            if (callerEnd <= MOST) {
                left = room(left, callerEnd);
                System.arraycopy(frame, 0, left, at, frame.length);
                end = Math.max(end, callerEnd);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes what the caller hears from a place on. */
    void heard(int at, short[] samples) {
        lock.lock();
        try {
            if (at >= 0 && at <= MOST - samples.length) {
                right = room(right, at + samples.length);
                System.arraycopy(samples, 0, right, at, samples.length);
                end = Math.max(end, at + samples.length);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Wipes what the caller would have heard from a place on. */
    void wipe(int from) {
        lock.lock();
        try {
            if (from < right.length) {
                Arrays.fill(right, from, right.length, (short) 0);
            }
        } finally {
            lock.unlock();
        }
    }

    private static short[] room(short[] track, int length) {
        return length <= track.length ? track : Arrays.copyOf(track, Math.max(length, track.length + track.length / 2));
    }

    /** Writes the recording as a stereo WAV file. */
    public void write(Path file) throws IOException {
        lock.lock();
        try {
            short[] both = new short[2 * end];
            for (int i = 0; i < end; i++) {
                both[2 * i] = i < left.length ? left[i] : 0;
                both[2 * i + 1] = i < right.length ? right[i] : 0;
            }
            Files.write(file, Wav.encode(Line.HERTZ, 2, both, both.length));
        } finally {
            lock.unlock();
        }
    }

    /** How long the recording is, in ms. */
    public long millis() {
        return end * 1000L / Line.HERTZ;
    }
}
