package dev.parley.gemini.setup;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Makes the messages that set a Gemini session up. Gemini Live: {@code BidiGenerateContentSetup}. Pure. */
public final class Setup {
    /** What a change of settings takes. */
    public enum Change {
        /** Nothing: Gemini does not know of what has changed. */
        NONE,
        /** A {@code contextUpdate} on the connection that is there. */
        UPDATE,
        /** A new connection with a new {@code setup}. */
        RENEW
    }

    private Setup() {}

    /**
     * The first message of a connection: {@code {"setup":{…}}}.
     *
     * @param handle of the session that is resumed, or null
     * @param seeded whether {@code clientContent} with a history follows
     */
    public static ObjectNode message(
            SessionSettings settings, GeminiModel model, @Nullable String handle, boolean seeded) {
        throw new UnsupportedOperationException();
    }

    /** What it takes to put settings in force on a connection that was set up with others. */
    public static Change change(SessionSettings from, SessionSettings to, GeminiModel model) {
        throw new UnsupportedOperationException();
    }

    /** {@code {"contextUpdate":{…}}} with what has changed. */
    public static ObjectNode contextUpdate(SessionSettings from, SessionSettings to, GeminiModel model) {
        throw new UnsupportedOperationException();
    }
}
