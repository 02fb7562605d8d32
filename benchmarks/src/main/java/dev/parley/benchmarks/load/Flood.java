package dev.parley.benchmarks.load;

import dev.parley.benchmarks.wire.AudioFrames;
import dev.parley.benchmarks.wire.Loop;
import java.nio.ByteBuffer;

/** Answers each answer by the next event, so that as many are always on their way. On the loop's thread. */
final class Flood implements Calls.Answers {
    private final Loop loop;
    private final Calls calls;
    private final AudioFrames frames;
    private final int[] next;
    private boolean on = true;

    Flood(Loop loop, Calls calls, LoadOrder order, AudioFrames frames) {
        this.loop = loop;
        this.calls = calls;
        this.frames = frames;
        this.next = new int[order.sessions()];
    }

    /** Sends the first of each session. */
    void begin(int inFlight) {
        for (Caller caller : calls.callers()) {
            for (int i = 0; i < inFlight; i++) {
                answered(caller, i);
            }
            batchEnd(caller);
        }
    }

    /** Sends no more. */
    void stop() {
        on = false;
    }

    @Override
    public void answered(Caller caller, int number) {
        if (on) {
            if (loop.out().remaining() < frames.length()) {
                batchEnd(caller);
            }
            frames.put(loop.out(), caller.index(), next[caller.index()]++);
            calls.sending();
        }
    }

    @Override
    public void batchEnd(Caller caller) {
        ByteBuffer out = loop.out();
        if (out.position() > 0) {
            caller.write(out.flip());
            out.clear();
        }
    }
}
