package dev.parley;

/**
 * One client's live conversation with a model. Safe for use by all threads: each call is posted to the session's lane
 * and returns at once; calls of one thread keep their order. After the end they do nothing.
 */
public interface RealtimeSession {
    /** Parley's id of the session, {@code sess_…}; not the provider's. */
    String id();

    /** The id of the client whose session this is. */
    String clientId();

    /** The provider's name, such as {@code openai}. */
    String provider();

    /**
     * Treats a message as if the client had sent it: one event of OpenAI Realtime in JSON. What is wrong with it is
     * told to the client in an {@code error} event.
     */
    void handleClientMessage(String json);

    /**
     * Sends the user's audio.
     *
     * @param audio in the session's input format; by default 16-bit little-endian mono PCM at 24,000 Hz
     */
    void appendAudio(byte[] audio);

    /** Adds a text of the user to the conversation and asks for a response, once no other is active. */
    void sendText(String text);

    /** Cancels the active response, if any, and drops its audio that has not reached the client's socket. */
    void interrupt();

    /** Sends the settings that {@code changes} holds to the provider; its model is ignored. */
    void updateConfig(RealtimeSessionConfig changes);

    /** What the session has carried so far. */
    RealtimeSessionStats stats();

    /** Ends the session: both sides are closed with 1000. */
    void disconnect();
}
