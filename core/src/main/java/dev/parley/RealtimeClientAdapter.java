package dev.parley;

/**
 * The client's side of a session, for a transport that Parley does not know: what the model says comes here, and what
 * the client says goes to {@link RealtimeSession#handleClientMessage}. Called on a virtual thread of the session's own,
 * one call at a time, so that it may block; a slow one slows down its own session alone.
 */
public interface RealtimeClientAdapter {
    /** The client's id, unique among the service's clients. */
    String id();

    /**
     * Sends something to the client.
     *
     * @param event what kind of message this is: {@code realtime} for an event of OpenAI Realtime
     * @param data its content: the event's JSON
     */
    void send(String event, String data);

    /** Ends the connection to the client: the session has ended. */
    void disconnect();
}
