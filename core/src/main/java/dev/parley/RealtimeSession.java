package dev.parley;

import dev.parley.tool.RealtimeTool;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

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

    /**
     * Says these words as they are, once no other response is active. A model that cannot is told to say exactly them.
     *
     * @return completes when they have been generated; fails with a {@link RealtimeException} if they will not be
     */
    CompletableFuture<Turn> say(String words);

    /**
     * Adds a text of the user to the conversation and asks for a response to it.
     *
     * @return completes with the answer when it has been generated, after the agent's tools if these are called first; fails
     *     with a {@link RealtimeException} if there will
     *     be none
     */
    CompletableFuture<Turn> ask(String text);

    /** Cancels the active response, if any, and drops its audio that has not reached the client's socket. */
    void interrupt();

    /** Sends the settings that {@code changes} holds to the provider; its model is ignored. */
    void updateConfig(RealtimeSessionConfig changes);

    /**
     * Gives the model these tools of the server's, in place of those of its agent.
     *
     * @throws RealtimeException if the session has no agent, or two tools have one name
     */
    void updateTools(List<RealtimeTool> tools);

    /** The turns so far, in the order of the conversation; of a session without an agent, none. */
    List<Turn> conversation();

    /** Whom the host has authenticated the client as, such as Spring Security's principal. */
    Optional<Principal> principal();

    /** What the application keeps with this session; safe for use by all threads. */
    Map<String, Object> attributes();

    /** What the session has carried so far. */
    RealtimeSessionStats stats();

    /** Ends the session when what is being said has been heard; of a session without an agent, at once. */
    void hangUp();

    /** Ends the session: both sides are closed with 1000. */
    void disconnect();
}
