package dev.parley.gemini.live;

import dev.parley.gemini.setup.GeminiModel;
import dev.parley.provider.reply.LaneWork;
import java.time.Duration;

/**
 * Watches over an answer that was asked for: now and then Gemini says nothing at all, or stops in the middle. Lane only.
 */
final class Patience {
    private static final Duration USUAL = Duration.ofSeconds(8);
    /** Of a model that thinks before it speaks. */
    private static final Duration THINKING = Duration.ofSeconds(40);

    /** What is to be done, one after the other. */
    enum Step {
        NUDGE,
        RENEW,
        GIVE_UP
    }

    /** Whom it watches for. */
    interface Watched {
        /** Whether the model could say something: it is connected, and no function is at work. */
        boolean able();

        /** It has said nothing for too long. */
        void impatient(Step step);
    }

    private final LaneWork work;
    private final Duration patience;
    private final Watched watched;
    private boolean waiting;
    private boolean answering;
    private boolean renewed;
    private int step;
    private long lastAt;
    private boolean armed;

    Patience(LaneWork work, GeminiModel model, Watched watched) {
        this.work = work;
        this.patience = model.thinking() == GeminiModel.Thinking.REQUIRED ? THINKING : USUAL;
        this.watched = watched;
    }

    /** Whether an answer is waited for of which nothing has come. */
    boolean waiting() {
        return waiting;
    }

    /** An answer was asked for. */
    void begin() {
        waiting = true;
        answering = false;
        step = 0;
        touch();
    }

    /** The connection is a new one, which gets all the time there is; answers whether the question is to be put again. */
    boolean resume() {
        boolean again = waiting && renewed;
        renewed = false;
        lastAt = work.lane().nanoTime();
        return again;
    }

    /** The model says something; {@code more} if that is not all. */
    void heard(boolean more) {
        waiting = false;
        answering = more;
        if (more) {
            touch();
        }
    }

    /** Nothing is waited for. */
    void end() {
        waiting = false;
        answering = false;
    }

    private void touch() {
        lastAt = work.lane().nanoTime();
        if (!armed) {
            arm(patience);
        }
    }

    private void arm(Duration time) {
        armed = true;
        Runnable unused = work.later(this::look, time);
    }

    private void look() {
        armed = false;
        if (!waiting && !answering) {
            return;
        }
        long left = patience.toNanos() - (work.lane().nanoTime() - lastAt);
        if (left > 0) {
            arm(Duration.ofNanos(left));
        } else if (!watched.able()) {
            touch();
        } else {
            out();
        }
    }

    private void out() {
        Step next = answering ? Step.GIVE_UP : Step.values()[step++];
        renewed = next == Step.RENEW;
        if (next == Step.GIVE_UP) {
            end();
        } else {
            touch();
        }
        watched.impatient(next);
    }
}
