package dev.parley.gemini.live;

import dev.parley.gemini.setup.GeminiModel;
import dev.parley.provider.reply.LaneWork;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Watches over an answer that was asked for: now and then Gemini says nothing at all. Lane only.
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

    private final LaneWork work;
    private final Duration patience;
    private final Consumer<Step> then;
    private boolean waiting;
    private int step;
    private Runnable timer = () -> {};

    Patience(LaneWork work, GeminiModel model, Consumer<Step> then) {
        this.work = work;
        this.patience = model.thinking() == GeminiModel.Thinking.REQUIRED ? THINKING : USUAL;
        this.then = then;
    }

    /** Whether an answer is waited for. */
    boolean waiting() {
        return waiting;
    }

    /** An answer was asked for. */
    void begin() {
        waiting = true;
        step = 0;
        restart();
    }

    /** The connection is a new one, which gets all the time there is. */
    void resume() {
        if (waiting) {
            restart();
        }
    }

    /** The model does something, or need not. */
    void end() {
        waiting = false;
        timer.run();
    }

    private void restart() {
        timer.run();
        timer = work.later(this::out, patience);
    }

    private void out() {
        Step next = Step.values()[step++];
        if (next == Step.GIVE_UP) {
            end();
        } else {
            restart();
        }
        then.accept(next);
    }
}
