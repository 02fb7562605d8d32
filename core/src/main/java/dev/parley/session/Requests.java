package dev.parley.session;

import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.Json;
import java.util.Base64;
import tools.jackson.databind.node.ObjectNode;

/** The client events that Parley makes itself. */
final class Requests {
    private Requests() {}

    /** {@code session.update}. */
    static ControlEvent update(ObjectNode session) {
        ObjectNode event = Json.object().put("type", "session.update");
        event.set("session", session);
        return ControlEvent.of(event);
    }

    /** {@code input_audio_buffer.append}, as JSON. */
    static ObjectNode append(byte[] audio) {
        return Json.object()
                .put("type", "input_audio_buffer.append")
                .put("audio", Base64.getEncoder().encodeToString(audio));
    }

    /** {@code conversation.item.create} with a text of the user. */
    static ControlEvent userText(String text) {
        ObjectNode event = Json.object().put("type", "conversation.item.create");
        ObjectNode item = event.putObject("item").put("type", "message").put("role", "user");
        item.putArray("content").addObject().put("type", "input_text").put("text", text);
        return ControlEvent.of(event);
    }

    /** {@code response.create}, with an id by which its refusal is known. */
    static ControlEvent respond(String eventId) {
        return ControlEvent.of(Json.object().put("type", "response.create").put("event_id", eventId));
    }

    /** {@code response.cancel}. */
    static ControlEvent cancel() {
        return ControlEvent.of(Json.object().put("type", "response.cancel"));
    }
}
