package dev.parley.turn;

import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.ItemKey;
import dev.parley.protocol.Json;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The client events that Parley makes itself. */
public final class Requests {
    private Requests() {}

    /** {@code session.update}. */
    public static ControlEvent update(ObjectNode session) {
        ObjectNode event = Json.object().put("type", "session.update");
        event.set("session", session);
        return ControlEvent.of(event);
    }

    /** {@code input_audio_buffer.append}, as JSON. */
    public static ObjectNode append(byte[] audio) {
        return Json.object()
                .put("type", "input_audio_buffer.append")
                .put("audio", Base64.getEncoder().encodeToString(audio));
    }

    /** {@code conversation.item.create} with a text of the user or of the application. */
    public static ControlEvent text(String role, String text) {
        ObjectNode item = Json.object().put("type", "message").put("role", role);
        item.putArray("content").addObject().put("type", "input_text").put("text", text);
        return item(item);
    }

    /** {@code conversation.item.create} with what a function returned. */
    public static ControlEvent functionOutput(String callId, String output) {
        return item(Json.object()
                .put("type", "function_call_output")
                .put("call_id", callId)
                .put("output", output));
    }

    /** {@code conversation.item.create}. */
    public static ControlEvent item(ObjectNode item) {
        ObjectNode event = Json.object().put("type", "conversation.item.create");
        event.set("item", item);
        return ControlEvent.of(event);
    }

    /** {@code response.create}, with this {@code response} if there is one. */
    public static ControlEvent response(Optional<ObjectNode> response) {
        ObjectNode event = Json.object().put("type", "response.create");
        response.ifPresent(given -> event.set("response", given));
        return ControlEvent.of(event);
    }

    /** {@code response.cancel} of one response. */
    public static ControlEvent cancel(String responseId) {
        return ControlEvent.of(Json.object().put("type", "response.cancel").put("response_id", responseId));
    }

    /** {@code conversation.item.truncate}: the listener has heard an item's audio for so many ms. */
    public static ControlEvent truncate(ItemKey item, long heardMillis) {
        return ControlEvent.of(Json.object()
                .put("type", "conversation.item.truncate")
                .put("item_id", item.itemId())
                .put("content_index", item.contentIndex())
                .put("audio_end_ms", heardMillis));
    }
}
