package dev.parley.local.mind;

import dev.parley.protocol.Json;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a conversation as a request to a chat endpoint. */
final class ChatRequest {
    private ChatRequest() {}

    static ObjectNode body(String model, Responder.Request request) {
        ObjectNode body = Json.object();
        body.put("model", model).put("stream", true);
        ArrayNode messages = body.putArray("messages");
        if (!request.instructions().isBlank()) {
            message(messages, "system", request.instructions());
        }
        Set<String> answered = new HashSet<>();
        for (Turn turn : request.turns()) {
            if (turn instanceof Turn.Result result) {
                answered.add(result.callId());
            }
        }
        for (Turn turn : request.turns()) {
            add(messages, turn, answered);
        }
        if (!request.tools().isEmpty()) {
            tools(body, request);
        }
        if (request.maxTokens() < Integer.MAX_VALUE) {
            body.put("max_tokens", request.maxTokens());
        }
        return body;
    }

    private static void add(ArrayNode messages, Turn turn, Set<String> answered) {
        switch (turn) {
            case Turn.User user -> message(messages, "user", words(user));
            case Turn.Assistant assistant -> message(messages, "assistant", assistant.text());
            case Turn.Note note -> message(messages, "system", note.text());
            case Turn.Result result -> {
                ObjectNode message = messages.addObject().put("role", "tool");
                message.put("tool_call_id", result.callId()).put("content", result.output());
            }
            case Turn.Call call -> {
                // Endpoints refuse a call without its result.
                if (answered.contains(call.callId())) {
                    call(messages, call);
                }
            }
        }
    }

    private static String words(Turn.User user) {
        if (!user.understood()) {
            return "(speech that could not be understood)";
        }
        return user.text().isBlank() ? "(silence)" : user.text();
    }

    private static void message(ArrayNode messages, String role, String content) {
        messages.addObject().put("role", role).put("content", content);
    }

    /** Calls in a row are one message. */
    private static void call(ArrayNode messages, Turn.Call call) {
        ObjectNode message = messages.isEmpty() ? null : (ObjectNode) messages.get(messages.size() - 1);
        if (message == null || !message.has("tool_calls")) {
            message = messages.addObject().put("role", "assistant").putNull("content");
            message.putArray("tool_calls");
        }
        ObjectNode entry = ((ArrayNode) message.path("tool_calls")).addObject();
        entry.put("id", call.callId()).put("type", "function");
        entry.putObject("function").put("name", call.name()).put("arguments", call.arguments());
    }

    private static void tools(ObjectNode body, Responder.Request request) {
        ArrayNode tools = body.putArray("tools");
        for (Tool tool : request.tools()) {
            ObjectNode function = tools.addObject().put("type", "function").putObject("function");
            function.put("name", tool.name()).put("description", tool.description());
            if (!tool.parameters().isEmpty()) {
                function.set("parameters", tool.parameters());
            }
        }
        if (!request.parallelCalls()) {
            // Sent only where it says something, since not every endpoint knows it.
            body.put("parallel_tool_calls", false);
        }
        switch (request.toolChoice()) {
            case ToolChoice.Auto auto -> body.put("tool_choice", "auto");
            case ToolChoice.None none -> body.put("tool_choice", "none");
            case ToolChoice.Required required -> body.put("tool_choice", "required");
            case ToolChoice.Function named -> {
                ObjectNode choice = body.putObject("tool_choice").put("type", "function");
                choice.putObject("function").put("name", named.name());
            }
        }
    }
}
