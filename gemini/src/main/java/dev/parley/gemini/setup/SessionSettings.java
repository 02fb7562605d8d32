package dev.parley.gemini.setup;

import tools.jackson.databind.node.ObjectNode;

/** A session's settings in OpenAI's words, as they are in force. Immutable. */
public final class SessionSettings {
    private SessionSettings() {}

    /** What a session has that sets nothing. */
    public static SessionSettings initial(GeminiModel model, Voices voices, String sessionId, long expiresAt) {
        throw new UnsupportedOperationException();
    }

    /**
     * These settings with what a {@code session.update} sets, whose shape has been checked.
     *
     * @param spoken whether the model has been heard in the conversation, which fixes the voice
     * @throws dev.parley.provider.reply.Refused if one cannot be honoured
     */
    public SessionSettings with(ObjectNode session, boolean spoken) {
        throw new UnsupportedOperationException();
    }

    /** The {@code session} of {@code session.created} and {@code session.updated}; the caller's own. */
    public ObjectNode json() {
        throw new UnsupportedOperationException();
    }

    /** Whether the client itself says when turns end. */
    public boolean manual() {
        throw new UnsupportedOperationException();
    }

    /** Whether the client wants transcripts of the user's speech. */
    public boolean transcribes() {
        throw new UnsupportedOperationException();
    }

    /** Whether answers are spoken, or else text. */
    public boolean speaks() {
        throw new UnsupportedOperationException();
    }

    /** What the model is told; empty: nothing. */
    public String instructions() {
        throw new UnsupportedOperationException();
    }
}
