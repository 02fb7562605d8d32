package dev.parley.gemini.uplink;

import dev.parley.gemini.wire.Closing;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Knows how a session goes on when its connection to Gemini is lost: resumed by the server's own handle, begun afresh with
 * the conversation so far, or not at all. Never tries for ever: an answer that was whole gives new courage, nothing else
 * does. Without clock and thread of its own.
 */
public final class Resumption {
    private static final int MOST_TRIES = 5;
    private static final long FIRST_WAIT_MS = 250;

    /** What is to be done. */
    public sealed interface Next {
        /**
         * A new connection after a while.
         *
         * @param handle null: begun afresh
         */
        public record Connect(@Nullable String handle, Duration after) implements Next {}

        /** The session ends. */
        public record End() implements Next {}
    }

    private @Nullable String handle;
    private int tries;
    private boolean afresh;
    private boolean afterTool;

    /** The server gives a handle, or says that the session cannot be resumed at this moment: the last handle stays. */
    public void resumable(@Nullable String given) {
        handle = given == null ? handle : given;
    }

    /** The handle by which a connection may be resumed now; null: there is none. */
    @Nullable
    public String handle() {
        return handle;
    }

    /** The handle is not accepted. */
    public void forget() {
        handle = null;
    }

    /** A response was completed, so that the connection is sound. */
    public void sound() {
        tries = 0;
        afresh = false;
        afterTool = false;
    }

    /**
     * A connection was lost, or could not be made.
     *
     * @param how it ended
     * @param resuming whether it was being resumed and never got that far
     * @param ready whether any connection of this session has been set up
     * @param answeredTool whether results of functions were the last that was sent on it
     */
    public Next lost(Closing how, boolean resuming, boolean ready, boolean answeredTool) {
        return switch (how) {
            case KEY, QUOTA -> new Next.End();
            case REFUSED, PASSING -> {
                if (resuming && tries > 0) {
                    // The handle may be what is wrong.
                    handle = null;
                }
                yield again();
            }
            case INVALID -> ready || resuming ? startOver() : new Next.End();
            case MISSING -> {
                if (resuming) {
                    yield startOver();
                }
                if (!answeredTool || afterTool) {
                    yield new Next.End();
                }
                afterTool = true;
                yield again();
            }
        };
    }

    private Next startOver() {
        if (afresh) {
            return new Next.End();
        }
        afresh = true;
        handle = null;
        return again();
    }

    private Next again() {
        if (tries >= MOST_TRIES) {
            return new Next.End();
        }
        long wait = tries == 0 ? 0 : FIRST_WAIT_MS << (tries - 1);
        tries++;
        return new Next.Connect(handle, Duration.ofMillis(wait));
    }
}
