package dev.parley.local.engine;

import dev.parley.local.mind.Responder;
import dev.parley.local.mind.ResponderException;
import dev.parley.local.voice.Sentences;
import dev.parley.local.work.Parts;
import dev.parley.local.work.Workers;
import dev.parley.protocol.Json;
import dev.parley.provider.reply.LaneWork;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The mind at work on one response: asked on a worker, it is bounded in what it may say, and what it says comes back on
 * the lane, step by step. Used on the lane.
 */
final class Thought {
    private static final Logger LOG = LoggerFactory.getLogger(Thought.class);
    /** The most text of one response, in characters, whatever the mind says. */
    private static final int MOST_TEXT = 64_000;

    /** What the mind said. */
    sealed interface Step {}

    /** Text; where it is to be spoken, a sentence. */
    record Say(String text) implements Step {}

    record Call(String name, String arguments) implements Step {}

    /** The end, with what went wrong, or null. */
    record End(@Nullable ObjectNode error) implements Step {}

    private final Parts parts;
    private final Workers workers;
    private final LaneWork lane;
    private final boolean spoken;
    private final Consumer<Step> target;
    private final Sentences sentences;
    private int taken;
    private int calls;
    /** Stopped for having said enough, which is no fault of the mind. */
    private boolean enough;

    private Runnable work = () -> {};
    private volatile boolean over;

    /**
     * A thought that has not begun.
     *
     * @param spoken whether text is wanted in sentences
     * @param target takes the steps on the lane; the last is an {@link End}
     */
    Thought(Parts parts, Workers workers, LaneWork lane, boolean spoken, Consumer<Step> target) {
        this.parts = parts;
        this.workers = workers;
        this.lane = lane;
        this.spoken = spoken;
        this.target = target;
        sentences = new Sentences(text -> target.accept(new Say(text)));
    }

    void begin(Responder.Request request) {
        if (!over) {
            work = workers.think(() -> ask(request));
        }
    }

    /** Comes to these words without the mind. */
    void given(String words) {
        said(words);
        answered(null);
    }

    /** Gives up; no step follows. */
    void stop() {
        over = true;
        work.run();
    }

    /** On a worker. */
    private void ask(Responder.Request request) {
        ObjectNode error = null;
        try {
            parts.responder().reply(request, new Responder.Sink() {
                @Override
                public boolean text(String piece) {
                    return give(() -> said(piece));
                }

                @Override
                public boolean call(String name, String arguments) {
                    return give(() -> called(name, arguments, request.parallelCalls()));
                }
            });
        } catch (ResponderException e) {
            error = error(e.code(), e.getMessage());
        } catch (RuntimeException | Error e) {
            if (!over) {
                LOG.warn("The mind failed: {}", e.getClass().getName());
            }
            error = error("mind_failed", "The mind failed to answer.");
        }
        ObjectNode outcome = error;
        give(() -> answered(outcome));
    }

    private boolean give(Runnable step) {
        if (!over) {
            lane.post(() -> {
                if (!over) {
                    step.run();
                }
            });
        }
        return !over;
    }

    static ObjectNode error(String code, @Nullable String text) {
        return Json.object().put("type", "server_error").put("code", code).put("message", text);
    }

    private void said(String piece) {
        taken += piece.length();
        if (taken > MOST_TEXT) {
            enough();
        } else if (spoken) {
            sentences.add(piece);
        } else if (!piece.isEmpty()) {
            target.accept(new Say(piece));
        }
    }

    private void called(String name, String arguments, boolean parallel) {
        sentences.flush();
        taken += name.length() + arguments.length();
        if (taken > MOST_TEXT || (calls > 0 && !parallel)) {
            enough();
        } else {
            calls++;
            target.accept(new Call(name, arguments));
        }
    }

    private void enough() {
        enough = true;
        work.run();
    }

    private void answered(@Nullable ObjectNode error) {
        sentences.flush();
        target.accept(new End(enough ? null : error));
    }
}
