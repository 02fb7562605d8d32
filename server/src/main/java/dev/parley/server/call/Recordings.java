package dev.parley.server.call;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A caller who plays recordings, one after the other, and is silent in between. Safe for use by all threads. */
public final class Recordings implements FrameSource {
    private static final long FRAME_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Queue<Clip> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean speaking;
    private @Nullable Clip now;
    private int at;
    private long due;

    /** Says a clip when those before it are said. */
    public void say(Clip clip) {
        speaking = true;
        waiting.add(clip);
    }

    /** Whether something is being said, or waits to be. */
    public boolean speaking() {
        return speaking;
    }

    @Override
    public void next(short[] frame) throws InterruptedException {
        long time = System.nanoTime();
        // After a pause of the whole machine the missed frames are not sent in a burst.
        due = due == 0 || time - due > 10 * FRAME_NANOS ? time : due + FRAME_NANOS;
        if (due > time) {
            TimeUnit.NANOSECONDS.sleep(due - time);
        }
        Clip clip = now == null ? waiting.poll() : now;
        Arrays.fill(frame, (short) 0);
        if (clip == null) {
            speaking = !waiting.isEmpty();
            return;
        }
        int length = Math.min(frame.length, clip.samples().length - at);
        System.arraycopy(clip.samples(), at, frame, 0, length);
        at += length;
        now = at < clip.samples().length ? clip : null;
        at = now == null ? 0 : at;
    }
}
