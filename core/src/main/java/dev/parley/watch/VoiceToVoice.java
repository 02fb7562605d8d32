package dev.parley.watch;

import dev.parley.session.LatencyHistogram;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How long a session's users waited for answers: from the end of their speech to the first audio of the answer. Has no
 * clock of its own: {@code now} is in ns of the lane's. Written on the lane; {@link #read} may be called from any thread.
 */
final class VoiceToVoice {
    /** How many waits a session remembers. */
    static final int MOST = 100;
    /** What begins later, in ns, is no answer to what was said. */
    private static final long LONGEST = 60_000_000_000L;

    private final LatencyHistogram all;
    private final AtomicReference<long[]> waits = new AtomicReference<>(new long[0]);
    private boolean waiting;
    private long since;

    /** The waits of one session, which are counted among those of all. */
    VoiceToVoice(LatencyHistogram all) {
        this.all = all;
    }

    /** The user has ended speaking, so many ns ago. */
    void speechEnded(long now, long ago) {
        waiting = true;
        since = now - ago;
    }

    /** The user speaks, and waits for nothing. */
    void speechBegan() {
        waiting = false;
    }

    /** What comes next is no answer to speech. */
    void dropped() {
        waiting = false;
    }

    /** An answer is heard from now on. */
    void answered(long now) {
        long wait = now - since;
        if (waiting && wait >= 0 && wait <= LONGEST) {
            all.record(wait, 1);
            long[] before = waits.get();
            int from = before.length < MOST ? 0 : 1;
            long[] after = Arrays.copyOfRange(before, from, before.length + 1);
            after[after.length - 1] = wait;
            waits.set(after);
        }
        waiting = false;
    }

    /** The last waits, in ns. */
    Waits read() {
        return new Waits(waits.get());
    }
}
