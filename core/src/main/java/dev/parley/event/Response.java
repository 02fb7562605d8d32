package dev.parley.event;

import dev.parley.event.codec.Codec;
import dev.parley.event.session.AudioFormat;
import dev.parley.event.session.TokenLimit;
import dev.parley.event.session.Voice;
import dev.parley.protocol.Fields;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the model answered, or has so far. OpenAI Realtime: {@code response}.
 *
 * @param id such as {@code resp_…}
 * @param object {@code realtime.response}
 * @param status {@code in_progress}, {@code completed}, {@code cancelled}, {@code failed} or {@code incomplete}
 * @param statusDetails why it ended as it did
 * @param output its items, without audio
 * @param conversationId the conversation that it belongs to; null: none
 * @param outputModalities {@code ["audio"]} or {@code ["text"]}
 * @param usage what it cost; null until it is done
 * @param metadata what the client attached
 */
public record Response(
        String id,
        @Nullable String object,
        String status,
        @Nullable StatusDetails statusDetails,
        List<Item> output,
        @Nullable String conversationId,
        @Nullable List<String> outputModalities,
        @Nullable TokenLimit maxOutputTokens,
        @Nullable Audio audio,
        @Nullable Usage usage,
        @Nullable Map<String, String> metadata,
        Fields more) {
    public Response {
        output = List.copyOf(output);
        outputModalities = outputModalities == null ? null : List.copyOf(outputModalities);
        metadata = metadata == null ? null : Map.copyOf(metadata);
    }

    /** The response in an object; nothing is lost, and nothing fails. */
    public static Response decode(ObjectNode json) {
        return Codec.of(Response.class).decode(json);
    }

    /** The object; the caller's own. */
    public ObjectNode encode() {
        return Codec.of(Response.class).encode(this);
    }

    /** The functions that the model wants called, in order: those whose arguments are complete. */
    public List<Item.FunctionCall> functionCalls() {
        return output.stream()
                .filter(Item.FunctionCall.class::isInstance)
                .map(Item.FunctionCall.class::cast)
                .filter(call -> call.status() == null || call.status().equals("completed"))
                .toList();
    }

    /**
     * Why a response ended as it did.
     *
     * @param type {@code completed}, {@code cancelled}, {@code incomplete} or {@code failed}
     * @param reason {@code turn_detected}, {@code client_cancelled}, {@code max_output_tokens} or {@code content_filter}
     * @param error of a failed one
     */
    public record StatusDetails(
            @Nullable String type,
            @Nullable String reason,
            @Nullable ErrorInfo error,
            Fields more) {}

    /** How a response is spoken: {@code response.audio}. */
    public record Audio(@Nullable Output output, Fields more) {
        /** The format and the voice. */
        public record Output(
                @Nullable AudioFormat format, @Nullable Voice voice, Fields more) {}
    }
}
