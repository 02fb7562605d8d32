package dev.parley.protocol;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads an event by a JSON parser: the slow, exact way, for the few messages that {@link EventScanner} cannot judge. */
final class EventParser {
    private EventParser() {}

    /** The event that a message holds. A message that is none becomes a {@link MalformedEvent}; nothing is thrown. */
    static Event event(Bytes message) {
        ObjectNode json;
        try {
            json = Json.parse(message);
        } catch (Json.JsonSyntaxException e) {
            return malformed(message, "invalid_json", "The message is " + e.getMessage() + ".", null);
        }
        String eventId = json.path("event_id").asString(null);
        JsonNode name = json.path("type");
        if (!name.isString()) {
            String what = name.isMissingNode() ? "The event has no 'type'" : "The event's 'type' is not a string";
            return malformed(message, "invalid_event", what + ".", eventId);
        }
        EventType type = EventType.of(name.asString());
        JsonNode payload = json.path(type.equals(EventType.INPUT_AUDIO_APPEND) ? "audio" : "delta");
        if (!carriesAudio(type) || !payload.isString()) {
            return new ControlEvent(type, message, eventId, json);
        }
        Bytes unescaped = Bytes.utf8(payload.asString());
        JsonNode item = json.path("item_id");
        return new AudioEvent(
                type,
                message,
                unescaped,
                eventId,
                item.isString()
                        ? new ItemKey(
                                item.asString(), json.path("content_index").asInt(0))
                        : null);
    }

    /** Whether events of a type hold audio, if they hold what they ought to. */
    static boolean carriesAudio(EventType type) {
        return type.equals(EventType.INPUT_AUDIO_APPEND) || type.equals(EventType.OUTPUT_AUDIO_DELTA);
    }

    /** A message that is no event. */
    static MalformedEvent malformed(Bytes message, String code, String text, @Nullable String eventId) {
        String param = code.equals("invalid_event") ? "type" : null;
        return new MalformedEvent(message, eventId, ErrorDetail.invalid(code, text, param));
    }
}
