package dev.parley.local.engine;

import dev.parley.local.work.Outlet;
import dev.parley.protocol.EventType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where the items of a response go: into the response's output and, unless it stands outside of it, into the
 * conversation.
 *
 * @param conversation null for a response outside of it
 * @param output the response's {@code output}
 */
record OutputScope(
        Outlet outlet, String responseId, @Nullable Conversation conversation, ArrayNode output) {
    /** Announces an item. */
    void added(Item item, int index) {
        outlet.send(event(EventType.OUTPUT_ITEM_ADDED, item, index));
        if (conversation != null) {
            String previous = conversation.append(item);
            ObjectNode added = outlet.event(EventType.ITEM_ADDED);
            added.put("previous_item_id", previous).set("item", item.json().deepCopy());
            outlet.send(added);
        }
    }

    /** Announces that an item is whole. */
    void done(Item item, int index) {
        if (conversation != null) {
            conversation.bound();
            ObjectNode done = outlet.event(EventType.ITEM_DONE);
            done.put("previous_item_id", conversation.before(item))
                    .set("item", item.json().deepCopy());
            outlet.send(done);
        }
        outlet.send(event(EventType.OUTPUT_ITEM_DONE, item, index));
        output.add(item.json().deepCopy());
    }

    private ObjectNode event(EventType type, Item item, int index) {
        ObjectNode event = outlet.event(type);
        event.put("response_id", responseId).put("output_index", index);
        event.set("item", item.json().deepCopy());
        return event;
    }
}
