package dev.parley.event;

import dev.parley.event.codec.Wire;
import dev.parley.protocol.Fields;
import org.jspecify.annotations.Nullable;

/** What the provider does with MCP servers. OpenAI Realtime: {@code mcp_list_tools.*}, {@code response.mcp_call*}. */
public sealed interface McpEvent extends ServerEvent {
    /**
     * {@code response.mcp_call_arguments.delta}: a piece of the arguments of a call.
     *
     * @param obfuscation padding that hides the length of the piece
     */
    @Wire.Type("response.mcp_call_arguments.delta")
    record ArgumentsDelta(
            String eventId,
            String responseId,
            String itemId,
            int outputIndex,
            String delta,
            @Nullable String obfuscation,
            Fields more)
            implements McpEvent {}

    /**
     * {@code response.mcp_call_arguments.done}: the arguments are complete.
     *
     * @param arguments a JSON object as text
     */
    @Wire.Type("response.mcp_call_arguments.done")
    record ArgumentsDone(
            String eventId, String responseId, String itemId, int outputIndex, String arguments, Fields more)
            implements McpEvent {}

    /** {@code response.mcp_call.in_progress}: a tool is being called. */
    @Wire.Type("response.mcp_call.in_progress")
    record CallInProgress(String eventId, String itemId, int outputIndex, Fields more) implements McpEvent {}

    /** {@code response.mcp_call.completed}: a tool has returned. */
    @Wire.Type("response.mcp_call.completed")
    record CallCompleted(String eventId, String itemId, int outputIndex, Fields more) implements McpEvent {}

    /** {@code response.mcp_call.failed}: a call failed; the item says why. */
    @Wire.Type("response.mcp_call.failed")
    record CallFailed(String eventId, String itemId, int outputIndex, Fields more) implements McpEvent {}

    /** {@code mcp_list_tools.in_progress}: a server is asked which tools it has. */
    @Wire.Type("mcp_list_tools.in_progress")
    record ListToolsInProgress(String eventId, String itemId, Fields more) implements McpEvent {}

    /** {@code mcp_list_tools.completed}: a server has said which tools it has. */
    @Wire.Type("mcp_list_tools.completed")
    record ListToolsCompleted(String eventId, String itemId, Fields more) implements McpEvent {}

    /** {@code mcp_list_tools.failed}: a server has not said which tools it has. */
    @Wire.Type("mcp_list_tools.failed")
    record ListToolsFailed(String eventId, String itemId, Fields more) implements McpEvent {}
}
