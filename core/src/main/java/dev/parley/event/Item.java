package dev.parley.event;

import dev.parley.event.codec.Codec;
import dev.parley.event.codec.Wire;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Fields;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One entry of the conversation. OpenAI Realtime: {@code item}. */
@Wire.Family
public sealed interface Item {
    /** The item in an object; nothing is lost, and nothing fails. */
    static Item decode(ObjectNode json) {
        return Codec.of(Item.class).decode(json);
    }

    /**
     * What a strict server refuses of a client's item, if anything.
     *
     * @param path where it stands, such as {@code item}
     */
    static Optional<ErrorDetail> check(JsonNode json, String path) {
        return Codec.of(Item.class).fault(json, path);
    }

    /** What the user wrote. */
    static Item userText(String text) {
        return message("user", new Content.InputText(text, Fields.NONE));
    }

    /** What the user said, in base64 and the session's input format. */
    static Item userAudio(String base64) {
        return message("user", new Content.InputAudio(base64, null, Fields.NONE));
    }

    /** What the application tells the model. */
    static Item systemText(String text) {
        return message("system", new Content.InputText(text, Fields.NONE));
    }

    /** What the model said in an earlier session. */
    static Item assistantText(String text) {
        return message("assistant", new Content.OutputText(text, Fields.NONE));
    }

    /** What a function returned, for the call with this id. */
    static Item functionOutput(String callId, String output) {
        return new FunctionCallOutput(null, null, null, callId, output, Fields.NONE);
    }

    /** The client's answer to a {@link McpApprovalRequest}. */
    static Item approval(String approvalRequestId, boolean approve) {
        return new McpApprovalResponse(null, approvalRequestId, approve, null, Fields.NONE);
    }

    /** An item that is in the conversation already. */
    static Item reference(String id) {
        return new Reference(id, Fields.NONE);
    }

    private static Item message(String role, Content content) {
        return new Message(null, null, null, role, List.of(content), Fields.NONE);
    }

    /** The object; the caller's own. */
    default ObjectNode encode() {
        return Codec.of(Item.class).encode(this);
    }

    /** The item's id, such as {@code item_…}; null where the server is to choose one. */
    @Nullable
    String id();

    /**
     * Something said or written: {@code message}.
     *
     * @param object {@code realtime.item}, mostly left out
     * @param status {@code in_progress}, {@code completed} or {@code incomplete}
     * @param role {@code user}, {@code assistant} or {@code system}
     */
    @Wire.Type("message")
    @Wire.Ruled(MessageContent.class)
    record Message(
            @Wire.Length(min = 1, max = 64) @Nullable String id,
            @Wire.OneOf("realtime.item") @Nullable String object,

            @Wire.OneOf({"in_progress", "completed", "incomplete"}) @Nullable
            String status,

            @Wire.OneOf({"user", "assistant", "system"}) String role,
            List<Content> content,
            Fields more)
            implements Item {
        public Message {
            content = List.copyOf(content);
        }

        /** What was written or said, with a space between the parts. */
        public String words() {
            return content.stream()
                    .map(Content::words)
                    .filter(words -> !words.isEmpty())
                    .collect(Collectors.joining(" "));
        }
    }

    /**
     * The model's wish that the application call a function: {@code function_call}.
     *
     * @param callId what the output must name, at most 32 characters
     * @param arguments a JSON object as text
     */
    @Wire.Type("function_call")
    record FunctionCall(
            @Wire.Length(min = 1, max = 64) @Nullable String id,
            @Wire.OneOf("realtime.item") @Nullable String object,

            @Wire.OneOf({"in_progress", "completed", "incomplete"}) @Nullable
            String status,

            String name,
            @Wire.Omittable @Wire.Length(min = 1, max = 32) String callId,
            String arguments,
            Fields more)
            implements Item {}

    /**
     * What the function returned: {@code function_call_output}.
     *
     * @param callId the {@code call_id} of the {@link FunctionCall}
     * @param output any text
     */
    @Wire.Type("function_call_output")
    record FunctionCallOutput(
            @Wire.Length(min = 1, max = 64) @Nullable String id,
            @Wire.OneOf("realtime.item") @Nullable String object,

            @Wire.OneOf({"in_progress", "completed", "incomplete"}) @Nullable
            String status,

            @Wire.Length(min = 1, max = 32) String callId,
            String output,
            Fields more)
            implements Item {}

    /** The tools that an MCP server has: {@code mcp_list_tools}. */
    @Wire.Type("mcp_list_tools")
    record McpListTools(
            @Wire.Length(min = 1, max = 64) @Nullable String id, String serverLabel, List<McpTool> tools, Fields more)
            implements Item {
        public McpListTools {
            tools = List.copyOf(tools);
        }
    }

    /**
     * A tool of an MCP server.
     *
     * @param inputSchema the JSON schema of its arguments
     * @param annotations what else the server says about it
     */
    record McpTool(
            String name,
            @Wire.OrNull @Nullable String description,
            Fields inputSchema,
            @Wire.OrNull @Nullable Fields annotations,
            Fields more) {}

    /**
     * A call of an MCP server's tool, which the provider made: {@code mcp_call}.
     *
     * @param arguments a JSON object as text
     * @param output what the tool returned; null until it has, or if it failed
     * @param error why it failed
     * @param approvalRequestId the {@link McpApprovalRequest} that it waited for
     */
    @Wire.Type("mcp_call")
    record McpCall(
            @Wire.Length(min = 1, max = 64) @Nullable String id,
            String serverLabel,
            String name,
            String arguments,
            @Wire.OrNull @Nullable String output,
            @Wire.OrNull @Nullable McpError error,
            @Wire.OrNull @Nullable String approvalRequestId,
            Fields more)
            implements Item {}

    /**
     * Why an MCP call failed.
     *
     * @param type {@code protocol_error}, {@code tool_execution_error} or {@code http_error}
     * @param code the protocol's or HTTP's; a tool's own failure has none
     */
    record McpError(
            @Wire.OneOf({"protocol_error", "tool_execution_error", "http_error"})
            String type,

            @Nullable Integer code,
            String message,
            Fields more) {}

    /** Asks the client whether a tool may be called: {@code mcp_approval_request}. */
    @Wire.Type("mcp_approval_request")
    record McpApprovalRequest(
            @Wire.Length(min = 1, max = 64) @Nullable String id,
            String serverLabel,
            String name,
            String arguments,
            Fields more)
            implements Item {}

    /** The client's answer: {@code mcp_approval_response}. */
    @Wire.Type("mcp_approval_response")
    record McpApprovalResponse(
            @Wire.Length(min = 1, max = 64) @Nullable String id,
            String approvalRequestId,
            boolean approve,
            @Wire.OrNull @Nullable String reason,
            Fields more)
            implements Item {}

    /** An item of the conversation, by its id: {@code item_reference}. Only in the input of a response. */
    @Wire.Type("item_reference")
    record Reference(String id, Fields more) implements Item {}

    /** A kind of item that this version of Parley does not know. */
    record Unknown(Fields json) implements Item {
        @Override
        public @Nullable String id() {
            return json.get("id").map(id -> id.asString("")).orElse(null);
        }
    }
}
