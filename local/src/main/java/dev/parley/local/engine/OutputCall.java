package dev.parley.local.engine;

import dev.parley.local.work.Outlet;
import dev.parley.protocol.EventType;
import dev.parley.protocol.Json;
import tools.jackson.databind.node.ObjectNode;

/** One function call of a response: its events, in OpenAI's order, all at once. */
final class OutputCall {
    private OutputCall() {}

    static void send(OutputScope scope, int index, String name, String arguments) {
        Outlet outlet = scope.outlet();
        ObjectNode json = Json.object();
        // OpenAI takes call ids of up to 32 characters.
        json.put("id", outlet.id("item")).put("type", "function_call").put("status", "in_progress");
        json.put("name", name).put("call_id", outlet.id("call")).put("arguments", "");
        Item item = new Item(json);
        scope.added(item, index);
        ObjectNode delta = event(scope, EventType.FUNCTION_ARGUMENTS_DELTA, index, item);
        outlet.send(delta.put("delta", arguments));
        ObjectNode done = event(scope, EventType.FUNCTION_ARGUMENTS_DONE, index, item);
        outlet.send(done.put("name", name).put("arguments", arguments));
        json.put("status", "completed").put("arguments", arguments);
        scope.done(item, index);
    }

    private static ObjectNode event(OutputScope scope, EventType type, int index, Item item) {
        ObjectNode event = scope.outlet().event(type);
        event.put("response_id", scope.responseId()).put("item_id", item.id());
        return event.put("output_index", index).put("call_id", item.callId());
    }
}
