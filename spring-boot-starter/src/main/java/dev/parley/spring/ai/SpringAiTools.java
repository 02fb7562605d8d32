package dev.parley.spring.ai;

import dev.parley.RealtimeException;
import dev.parley.protocol.Json;
import dev.parley.tool.RealtimeTool;
import dev.parley.tool.ToolCall;
import dev.parley.tool.ToolSpec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.execution.ToolExecutionException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Spring AI's {@link ToolCallback}s as tools of a voice agent, with the names, descriptions and schemas that they define.
 * Each call's {@link ToolContext} holds the {@link dev.parley.RealtimeSession} under {@link #SESSION}. Of what a callback
 * throws, the model is told the words of a {@link dev.parley.tool.ToolException}; else only that it failed.
 */
public final class SpringAiTools {
    /** The session's name in the context of a call. */
    public static final String SESSION = "parley.session";

    private SpringAiTools() {}

    /**
     * The tools that these callbacks are.
     *
     * @throws RealtimeException if a name or a schema cannot be used; the text names the tool
     */
    public static List<RealtimeTool> of(ToolCallback... callbacks) {
        return Arrays.stream(callbacks).map(SpringAiTools::tool).toList();
    }

    private static RealtimeTool tool(ToolCallback callback) {
        ToolDefinition told = callback.getToolDefinition();
        return RealtimeTool.of(
                ToolSpec.of(told.name(), told.description(), schema(told)), call -> result(callback, call));
    }

    private static ObjectNode schema(ToolDefinition told) {
        ObjectNode schema;
        try {
            schema = told.inputSchema().isBlank()
                    ? Json.object()
                    : Json.parse(told.inputSchema().getBytes(StandardCharsets.UTF_8));
        } catch (Json.JsonSyntaxException e) {
            throw new RealtimeException.InvalidConfig(
                    "the schema of the tool '" + told.name() + "' is " + e.getMessage() + "; it must be a JSON Schema");
        }
        schema.remove("$schema");
        if (!schema.path("type").asString("object").equals("object")) {
            throw new RealtimeException.InvalidConfig("the schema of the tool '" + told.name()
                    + "' is not of an object; models call tools with named arguments only");
        }
        schema.put("type", "object");
        if (!schema.has("properties")) {
            schema.putObject("properties");
        }
        return schema;
    }

    private static Object result(ToolCallback callback, ToolCall call) throws Exception {
        String text;
        try {
            text = callback.call(call.arguments().toString(), new ToolContext(Map.of(SESSION, call.session())));
        } catch (ToolExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
        if (text.isBlank()) {
            return text;
        }
        try {
            // What Spring AI writes of a String is JSON, too.
            JsonNode json = Json.mapper().readTree(text);
            return json.isString() ? json.asString() : json;
        } catch (JacksonException e) {
            return text;
        }
    }
}
