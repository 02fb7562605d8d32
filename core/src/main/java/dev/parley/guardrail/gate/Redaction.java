package dev.parley.guardrail.gate;

import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.EventType;
import dev.parley.protocol.ItemKey;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The events that end a response which was cut off, with no more words than the client got before. */
final class Redaction {
    private static final Set<EventType> ENDS = Set.of(
            EventType.OUTPUT_AUDIO_DONE,
            EventType.OUTPUT_TRANSCRIPT_DONE,
            EventType.OUTPUT_TEXT_DONE,
            EventType.CONTENT_PART_DONE,
            EventType.OUTPUT_ITEM_DONE,
            EventType.ITEM_DONE,
            EventType.RESPONSE_DONE);

    private Redaction() {}

    /** What the client gets in an event's place, or null. */
    static @Nullable ControlEvent of(ControlEvent event, Gate gate) {
        if (!ENDS.contains(event.type())) {
            return null;
        }
        ObjectNode json = event.jsonOrEmpty().deepCopy();
        if (event.type().equals(EventType.RESPONSE_DONE)) {
            if (json.get("response") instanceof ObjectNode response) {
                response(response, gate);
            }
            return ControlEvent.of(json);
        }
        if (json.get("item") instanceof ObjectNode item) {
            item(item, gate);
        }
        String itemId =
                json.path("item_id").asString(json.path("item").path("id").asString(""));
        if (!gate.known(itemId)) {
            return null;
        }
        String given = gate.given(new ItemKey(itemId, json.path("content_index").asInt(0)));
        words(json, given);
        words(json.path("part"), given);
        return ControlEvent.of(json);
    }

    private static void response(ObjectNode response, Gate gate) {
        if (response.get("output") instanceof ArrayNode output) {
            for (Iterator<JsonNode> all = output.iterator(); all.hasNext(); ) {
                JsonNode item = all.next();
                if (item instanceof ObjectNode object
                        && gate.known(item.path("id").asString(""))) {
                    item(object, gate);
                } else {
                    all.remove();
                }
            }
        }
        if (response.path("status").asString("").equals("completed")) {
            response.put("status", "incomplete")
                    .putObject("status_details")
                    .put("type", "incomplete")
                    .put("reason", "content_filter");
        }
    }

    private static void item(ObjectNode item, Gate gate) {
        int index = 0;
        for (JsonNode content : item.path("content")) {
            words(content, gate.given(new ItemKey(item.path("id").asString(""), index++)));
            if (content instanceof ObjectNode object) {
                object.remove("audio");
            }
        }
        if (item.path("role").asString("").equals("assistant")) {
            item.put("status", "incomplete");
        }
    }

    private static void words(JsonNode of, String given) {
        if (of instanceof ObjectNode object) {
            for (String field : new String[] {"transcript", "text"}) {
                if (object.path(field).isString()) {
                    object.put(field, given);
                }
            }
        }
    }
}
