package dev.parley.provider;

import dev.parley.RealtimeSessionConfig;
import dev.parley.protocol.ErrorDetail;
import java.util.concurrent.CompletableFuture;

/**
 * A provider's switchboard: calls whose media goes from the client straight to the provider by WebRTC. OpenAI Realtime:
 * {@code POST /v1/realtime/calls}. Safe for use by all threads; nothing here blocks.
 */
public interface Calls {
    /**
     * Passes a client's offer to the provider, with the server's own key and the session's configuration.
     *
     * @param offer SDP, as the client sent it
     * @return completes in any case, with {@link Answer.Refused} if the provider was not reached
     */
    CompletableFuture<Answer> place(String offer, RealtimeSessionConfig config);

    /** Ends a call. Completes when the provider has answered, whatever it answered. */
    CompletableFuture<Void> hangUp(String callId);

    /** What the provider says to an offer. */
    sealed interface Answer {
        /**
         * The call is on.
         *
         * @param callId names it, such as {@code rtc_…}; a leg joins it with {@link Start.Join}
         * @param sdp for the client
         */
        record Placed(String callId, String sdp) implements Answer {}

        /**
         * There is no call.
         *
         * @param status of HTTP, for the client: the provider's own, or 502 if the fault lies between it and Parley
         * @param error without anything secret
         */
        record Refused(int status, ErrorDetail error) implements Answer {}
    }
}
