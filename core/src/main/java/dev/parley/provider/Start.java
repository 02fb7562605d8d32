package dev.parley.provider;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** How a provider's leg begins. */
public sealed interface Start {
    /** With an empty conversation. */
    Start FRESH = new Fresh();

    /** With an empty conversation. */
    record Fresh() implements Start {}

    /**
     * Where another leg of the same provider ended.
     *
     * @param handle what that provider gave for this
     */
    record Resume(String handle) implements Start {}

    /**
     * With a conversation that took place elsewhere.
     *
     * @param history its items in order, as in {@code conversation.item.create}
     */
    record Seed(List<ObjectNode> history) implements Start {
        public Seed {
            history = List.copyOf(history);
        }
    }

    /**
     * In a call whose media goes from the client straight to the provider (WebRTC, SIP): events only, beside the call.
     * OpenAI Realtime: {@code ?call_id=}.
     *
     * @param callId as the provider named the call, such as {@code rtc_…}
     */
    record Join(String callId) implements Start {}
}
