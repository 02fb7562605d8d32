package dev.parley.benchmarks.load;

import dev.parley.benchmarks.wire.AudioFrames;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * Sends each session's events at their times on a thread of its own, whatever comes back, and measures round trips from
 * the time at which an event was to be sent: an event that waits because others are late counts its waiting.
 */
final class Pacer implements Calls.Answers {
    private static final int MOST_UNSENT = 1 << 20;
    private static final long LEAD = 20_000_000L;
    private static final long LONGEST = 60_000_000_000L;

    private final Calls calls;
    private final AudioFrames frames;
    private final long interval;
    private final long start = System.nanoTime() + LEAD;
    private final long counted;
    private final long end;
    private final long[] phases;
    private final int[] turns;
    private final Histogram nanos = new Histogram(1, LONGEST, 3);

    Pacer(Calls calls, LoadOrder order, AudioFrames frames) {
        this.calls = calls;
        this.frames = frames;
        this.interval = 1_000_000_000L / order.perSecond();
        this.counted = start + order.warmMillis() * 1_000_000L;
        this.end = counted + order.millis() * 1_000_000L;
        Random random = new Random(order.seed());
        this.phases = random.longs(order.sessions(), 0, interval).toArray();
        this.turns = IntStream.range(0, phases.length)
                .boxed()
                .sorted(Comparator.comparingLong(i -> phases[i]))
                .mapToInt(i -> i)
                .toArray();
    }

    /** When counting begins. */
    long counted() {
        return counted;
    }

    /** When sending and counting end. */
    long end() {
        return end;
    }

    /** What was measured; read it after the last answer. */
    Histogram nanos() {
        return nanos;
    }

    private long due(int session, int number) {
        return start + phases[session] + number * interval;
    }

    /** Sends until the end. */
    void run() {
        ByteBuffer frame = ByteBuffer.allocateDirect(frames.length());
        for (int number = 0; ; number++) {
            for (int session : turns) {
                long due = due(session, number);
                if (due >= end) {
                    return;
                }
                for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                if (!send(calls.callers().get(session), number, frame.clear())) {
                    return;
                }
            }
        }
    }

    private boolean send(Caller caller, int number, ByteBuffer frame) {
        frames.put(frame, caller.index(), number);
        calls.sending();
        caller.write(frame.flip());
        if (caller.unsentBytes() > MOST_UNSENT) {
            calls.problem("session " + caller.index() + ": more than " + MOST_UNSENT
                    + " bytes could not be sent; at this rate the other end does not keep up");
            return false;
        }
        return true;
    }

    @Override
    public void answered(Caller caller, int number) {
        long due = due(caller.index(), number);
        if (due >= counted) {
            nanos.recordValue(Math.clamp(System.nanoTime() - due, 1, LONGEST));
        }
    }

    @Override
    public void batchEnd(Caller caller) {}
}
