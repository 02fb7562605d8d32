package dev.parley.local.input;

import dev.parley.local.input.InputAudio.Frame;
import dev.parley.local.work.Parts;
import dev.parley.local.work.Workers;
import dev.parley.provider.reply.LaneWork;
import org.jspecify.annotations.Nullable;

/**
 * The turn so far, recognised once it may be over: so that its text is there when it is known to be over, and so that
 * what was said can tell whether it is. Used on the lane.
 */
final class EarlyHearing {
    /** The silence after which a turn may be over, in ms. */
    private static final int BEGIN_MS = 200;

    private final Parts parts;
    private final Workers workers;
    private final LaneWork lane;
    private @Nullable Hearing guess;

    EarlyHearing(Parts parts, Workers workers, LaneWork lane) {
        this.parts = parts;
        this.workers = workers;
        this.lane = lane;
    }

    /** Goes along with one more frame of a turn, of which the last {@code silentMs} were silent. */
    void step(int silentMs, Iterable<Frame> turn) {
        if (silentMs == 0) {
            forget();
        }
        if (silentMs == BEGIN_MS && parts.ears().decidesAtEnd()) {
            Hearing early = new Hearing(parts.ears(), workers, lane);
            turn.forEach(frame -> early.accept(frame.pcm16k()));
            early.end();
            guess = early;
        }
    }

    /** Whether what was said is complete, as far as can be told; ears that cannot tell take every pause for the end. */
    boolean complete() {
        return !parts.ears().decidesAtEnd() || (guess != null && guess.understood());
    }

    /** The hearing that has ended already, or null; no longer this one's. */
    @Nullable
    Hearing take() {
        Hearing taken = guess;
        guess = null;
        return taken;
    }

    void forget() {
        if (guess != null) {
            guess.cancel();
            guess = null;
        }
    }
}
