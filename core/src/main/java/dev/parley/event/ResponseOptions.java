package dev.parley.event;

import dev.parley.event.codec.Codec;
import dev.parley.event.codec.Wire;
import dev.parley.event.session.Modalities;
import dev.parley.event.session.Prompt;
import dev.parley.event.session.Reasoning;
import dev.parley.event.session.TokenLimit;
import dev.parley.event.session.Tool;
import dev.parley.event.session.ToolChoice;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one response does differently from its session. OpenAI Realtime: {@code response} of {@code response.create}.
 *
 * @param conversation {@code auto}, or {@code none} for a response outside the conversation
 * @param input what the model reads instead of the conversation; empty: nothing
 * @param metadata at most 16 pairs, which the response carries
 * @param more what the other components cannot hold
 */
public record ResponseOptions(
        @Nullable String instructions,

        @Wire.OneOf({"text", "audio"}) @Wire.Ruled(Modalities.class) @Nullable
        List<String> outputModalities,

        Response.@Nullable Audio audio,
        @Nullable List<Tool> tools,
        @Nullable ToolChoice toolChoice,
        @Nullable TokenLimit maxOutputTokens,
        @Wire.OneOf({"auto", "none"}) @Nullable String conversation,
        @Nullable List<Item> input,

        @Wire.OrNull @Wire.Pairs(max = 16, key = 64, value = 512) @Nullable
        Map<String, String> metadata,

        @Wire.OrNull @Nullable Prompt prompt,
        @Nullable Reasoning reasoning,
        @Nullable Boolean parallelToolCalls,
        Fields more) {
    /** No difference. */
    public static final ResponseOptions NONE =
            new ResponseOptions(null, null, null, null, null, null, null, null, null, null, null, null, Fields.NONE);

    public ResponseOptions {
        outputModalities = outputModalities == null ? null : List.copyOf(outputModalities);
        tools = tools == null ? null : List.copyOf(tools);
        input = input == null ? null : List.copyOf(input);
        metadata = metadata == null ? null : Map.copyOf(metadata);
    }

    /** The options in an object; nothing is lost, and nothing fails. */
    public static ResponseOptions decode(ObjectNode json) {
        return Codec.of(ResponseOptions.class).decode(json);
    }

    /**
     * What a strict server refuses of a client's options, if anything.
     *
     * @param path where they stand, such as {@code response}
     */
    public static Optional<ErrorDetail> check(JsonNode json, String path) {
        return Codec.of(ResponseOptions.class).fault(json, path);
    }

    /** Answers with these instructions instead of the session's. */
    public static ResponseOptions instructed(String instructions) {
        return NONE.withInstructions(instructions);
    }

    /** Answers outside the conversation, reading nothing but {@code input}. */
    public static ResponseOptions aside(List<Item> input, Map<String, String> metadata) {
        return new ResponseOptions(
                null, null, null, null, null, null, "none", input, metadata, null, null, null, Fields.NONE);
    }

    /** The same with these instructions. */
    public ResponseOptions withInstructions(String text) {
        return new ResponseOptions(
                text,
                outputModalities,
                audio,
                tools,
                toolChoice,
                maxOutputTokens,
                conversation,
                input,
                metadata,
                prompt,
                reasoning,
                parallelToolCalls,
                more);
    }

    /** The object; the caller's own. */
    public ObjectNode encode() {
        return Codec.of(ResponseOptions.class).encode(this);
    }
}
