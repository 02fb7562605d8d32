package dev.parley.event.session;

import dev.parley.event.codec.Wire;
import dev.parley.protocol.Fields;
import org.jspecify.annotations.Nullable;

/**
 * How the server tells where the user's turn begins and ends (voice activity detection). OpenAI Realtime:
 * {@code audio.input.turn_detection}.
 */
@Wire.Family
public sealed interface Vad {
    /** The client commits each turn itself (push to talk): {@code null} on the wire. */
    Vad OFF = new Off();

    /** Detection by silence, as the server does it by default. */
    static Vad server() {
        return new Server(null, null, null, null, null, null, Fields.NONE);
    }

    /** Detection by meaning, as the server does it by default. */
    static Vad semantic() {
        return new Semantic(null, null, null, Fields.NONE);
    }

    /** No detection: {@code null} on the wire. */
    @Wire.Null
    record Off() implements Vad {}

    /**
     * Detection by silence: {@code server_vad}.
     *
     * @param threshold how sure it must be that this is speech, 0 to 1
     * @param prefixPaddingMs audio kept from before the speech, in ms
     * @param silenceDurationMs silence that ends the turn, in ms
     * @param idleTimeoutMs silence of the user after a response that makes the model speak again, 5,000 to 30,000 ms
     * @param createResponse whether the turn's end asks for a response
     * @param interruptResponse whether speech cancels the active response
     */
    @Wire.Type("server_vad")
    record Server(
            @Wire.Range(min = 0, max = 1) @Nullable Number threshold,
            @Wire.Range(min = 0) @Nullable Integer prefixPaddingMs,
            @Wire.Range(min = 0) @Nullable Integer silenceDurationMs,

            @Wire.OrNull @Wire.Range(min = 5_000, max = 30_000) @Nullable
            Integer idleTimeoutMs,

            @Nullable Boolean createResponse,
            @Nullable Boolean interruptResponse,
            Fields more)
            implements Vad {}

    /**
     * Detection by meaning: {@code semantic_vad}. Waits longer where the user seems not to have finished.
     *
     * @param eagerness {@code low}, {@code medium}, {@code high} or {@code auto}
     * @param createResponse whether the turn's end asks for a response
     * @param interruptResponse whether speech cancels the active response
     */
    @Wire.Type("semantic_vad")
    record Semantic(
            @Wire.OneOf({"low", "medium", "high", "auto"}) @Nullable
            String eagerness,

            @Nullable Boolean createResponse,
            @Nullable Boolean interruptResponse,
            Fields more)
            implements Vad {}

    /** A kind of detection that this version of Parley does not know. */
    record Unknown(Fields json) implements Vad {}
}
