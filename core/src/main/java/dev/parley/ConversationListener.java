package dev.parley;

import java.util.List;

/**
 * Told what was said in an agent's sessions. Called on a virtual thread, for one session one call at a time, so that it
 * may block; what it misses because it is too slow is dropped and counted, and is still in the final transcript.
 */
public interface ConversationListener {
    /**
     * A turn is finished: the user's words are written down, or the assistant's answer was heard out or cut off. Turns
     * come in the order of the conversation.
     */
    default void turn(RealtimeSession session, Turn turn) {}

    /** The session has ended. {@code transcript} has all of its turns, in the order of the conversation. */
    default void ended(RealtimeSession session, List<Turn> transcript) {}
}
