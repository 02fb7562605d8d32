package dev.parley.local.input;

import dev.parley.local.speech.Ears;
import dev.parley.local.speech.Transcriber;
import dev.parley.local.speech.Transcript;
import dev.parley.local.work.Workers;
import dev.parley.provider.reply.LaneWork;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One utterance on its way through the ears: fed from any one thread, recognised on the workers in order, told on the lane. What
 * waits is bounded by the input buffer that it comes from.
 */
public final class Hearing {
    private static final Logger LOG = LoggerFactory.getLogger(Hearing.class);
    /** The frames that make a run on a worker worth while: 100 ms. */
    private static final int BATCH = 5;
    /** The frames after which another utterance gets its turn. */
    private static final int SHARE = 100;

    private final Ears ears;
    private final Workers workers;
    private final LaneWork lane;

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<short[]> waiting = new ArrayDeque<>();
    private boolean scheduled;
    private boolean ended;
    private boolean concluded;
    private boolean cancelled;

    /** Used on the lane. */
    private @Nullable Consumer<Transcript> whenHeard;

    private @Nullable Transcript heard;

    /** Used by one worker at a time. */
    private @Nullable Transcriber transcriber;

    private boolean failed;

    public Hearing(Ears ears, Workers workers, LaneWork lane) {
        this.ears = ears;
        this.workers = workers;
        this.lane = lane;
    }

    /** Takes the next samples at 16,000 Hz. */
    public void accept(short[] samples) {
        submit(() -> waiting.add(samples));
    }

    /** Ends the utterance. */
    public void end() {
        submit(() -> ended = true);
    }

    /** The consumer is called on the lane, later and once, with what was heard. Called on the lane. */
    public void tell(Consumer<Transcript> told) {
        Transcript known = heard;
        if (known == null) {
            whenHeard = told;
        } else {
            lane.post(() -> told.accept(known));
        }
    }

    /** Whether it is known what was said, and it was understood. Called on the lane. */
    boolean understood() {
        Transcript known = heard;
        return known != null && known.understood();
    }

    /** Gives the utterance up. */
    public void cancel() {
        submit(() -> {
            cancelled = true;
            waiting.clear();
        });
    }

    private void submit(Runnable change) {
        lock.lock();
        try {
            change.run();
            boolean due = waiting.size() >= BATCH || (ended && !concluded) || cancelled;
            if (due && !scheduled) {
                scheduled = true;
                workers.compute(this::work);
            }
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        for (int i = 0; i < SHARE; i++) {
            short[] next;
            boolean last;
            boolean over;
            lock.lock();
            try {
                over = cancelled;
                next = over ? null : waiting.poll();
                last = next == null && !over && ended && !concluded;
                concluded |= last;
                // Once it is over, nothing is scheduled again.
                scheduled = over || next != null || last;
            } finally {
                lock.unlock();
            }
            if (next != null) {
                give(t -> t.accept(next, 0, next.length));
            } else if (last) {
                conclude();
            } else {
                if (over && transcriber != null) {
                    give(Transcriber::cancel);
                }
                return;
            }
        }
        workers.compute(this::work);
    }

    private void conclude() {
        Transcript[] found = {Transcript.NOTHING};
        give(t -> found[0] = t.finish());
        lane.post(() -> {
            heard = found[0];
            if (whenHeard != null) {
                whenHeard.accept(found[0]);
            }
        });
    }

    /** A transcriber that fails has understood nothing. */
    private void give(Consumer<Transcriber> step) {
        if (failed) {
            return;
        }
        try {
            Transcriber known = transcriber;
            if (known == null) {
                known = ears.listen();
                transcriber = known;
            }
            step.accept(known);
        } catch (RuntimeException | Error e) {
            failed = true;
            LOG.warn("The ears failed: {}", e.getClass().getName());
        }
    }
}
