package dev.parley.provider.reply;

import dev.parley.protocol.EventType;
import dev.parley.protocol.Json;
import tools.jackson.databind.node.ObjectNode;

/** One function call of a response: its events, in OpenAI's order, all at once. */
public final class OutputCall {
    private OutputCall() {}

    /**
     * Sends a call.
     *
     * @param callId at most 32 characters, as OpenAI takes them
     * @param arguments JSON
     */
    public static void send(OutputScope scope, int index, String callId, String name, String arguments) {
        Outlet outlet = scope.outlet();
        String id = outlet.id("item");
        ObjectNode json = Json.object();
        json.put("id", id).put("type", "function_call").put("status", "in_progress");
        json.put("name", name).put("call_id", callId).put("arguments", "");
        scope.added(json, index);
        ObjectNode delta = scope.event(EventType.FUNCTION_ARGUMENTS_DELTA, id, index);
        outlet.send(delta.put("call_id", callId).put("delta", arguments));
        ObjectNode done = scope.event(EventType.FUNCTION_ARGUMENTS_DONE, id, index);
        outlet.send(done.put("call_id", callId).put("name", name).put("arguments", arguments));
        json.put("status", "completed").put("arguments", arguments);
        scope.done(json, index);
    }
}
