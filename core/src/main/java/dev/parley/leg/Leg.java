package dev.parley.leg;

import dev.parley.protocol.Event;

/**
 * One end of a session's conversation: a client's or a provider's socket, or a model in this process. A leg holds no
 * queue of its own beyond its socket's; what waits, waits in the session's outbox. All methods are called on the lane,
 * and a leg calls its {@link LegListener} there, never from within one of these methods.
 */
public interface Leg {
    /**
     * Takes an event for sending. Its bytes are on loan: the leg writes or copies them before it returns. Called after
     * {@link LegListener#opened} and while the leg is writable, but for the last event before a close; a closed leg
     * ignores it.
     */
    void send(Event event);

    /** Whether the leg takes more without queueing it; changes are told by {@link LegListener#writable}. */
    boolean writable();

    /**
     * How many bytes the other end has taken of what was sent, as far as can be told here: by whether this grows, a slow
     * peer is told from one that takes nothing any more. A leg that is always writable may answer 0.
     */
    long taken();

    /** Sends out what was taken since the last flush. */
    void flush();

    /** Goes on or pauses reading from the other end; for a leg that reads nothing, does nothing. */
    void reading(boolean on);

    /**
     * Ends the leg: what was sent goes out, then the close with its code and reason. Also gives up a leg that is still
     * being dialled. Answered by {@link LegListener#closed} within a bounded time, which is longer for a client that is
     * slow to read; a second call does nothing.
     */
    void close(CloseReason why);
}
