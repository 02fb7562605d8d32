package dev.parley.guardrail.gate;

import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.EventType;
import dev.parley.protocol.ItemKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an event of the provider tells of the words of an answer.
 *
 * @param part whose words
 * @param text the next of them, or all of them
 * @param whole whether it is all of them, so far
 * @param last whether no more will follow
 */
record Said(ItemKey part, String text, boolean whole, boolean last) {
    /** Deltas that are written and not said. */
    private static final Set<EventType> ARGUMENTS =
            Set.of(EventType.FUNCTION_ARGUMENTS_DELTA, EventType.MCP_ARGUMENTS_DELTA);

    private static final Set<EventType> LAST = Set.of(
            EventType.OUTPUT_TEXT_DONE,
            EventType.OUTPUT_TRANSCRIPT_DONE,
            EventType.CONTENT_PART_DONE,
            EventType.OUTPUT_ITEM_DONE,
            EventType.ITEM_DONE);

    /** All that an event tells, by its fields rather than its type, so that no new event tells words unseen. */
    static List<Said> of(ControlEvent event) {
        ObjectNode json = event.jsonOrEmpty();
        List<Said> all = new ArrayList<>(1);
        boolean last = LAST.contains(event.type());
        ItemKey part = new ItemKey(
                json.path("item_id").asString(""), json.path("content_index").asInt(0));
        if (json.path("delta").isString()) {
            if (!ARGUMENTS.contains(event.type())) {
                all.add(new Said(part, json.path("delta").asString(), false, false));
            }
            return all;
        }
        whole(json, part, last, all);
        whole(json.path("part"), part, last, all);
        item(json.path("item"), last, all);
        for (JsonNode item : json.path("response").path("output")) {
            item(item, true, all);
        }
        return all;
    }

    private static void item(JsonNode item, boolean last, List<Said> all) {
        int index = 0;
        for (JsonNode content : item.path("content")) {
            whole(content, new ItemKey(item.path("id").asString(""), index++), last, all);
        }
    }

    private static void whole(JsonNode of, ItemKey part, boolean last, List<Said> all) {
        for (String field : new String[] {"transcript", "text"}) {
            JsonNode text = of.path(field);
            if (text.isString()) {
                all.add(new Said(part, text.asString(), true, last));
            }
        }
    }
}
