package dev.parley.provider.reply;

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
public record OutputScope(
        Outlet outlet, String responseId, @Nullable Items conversation, ArrayNode output) {
    /** Announces an item. */
    void added(ObjectNode item, int index) {
        outlet.send(event(EventType.OUTPUT_ITEM_ADDED, item, index));
        if (conversation != null) {
            inConversation(EventType.ITEM_ADDED, conversation.append(item), item);
        }
    }

    /** Announces that an item is whole. */
    void done(ObjectNode item, int index) {
        if (conversation != null) {
            inConversation(EventType.ITEM_DONE, conversation.whole(item), item);
        }
        outlet.send(event(EventType.OUTPUT_ITEM_DONE, item, index));
        output.add(item.deepCopy());
    }

    private void inConversation(EventType type, @Nullable String previous, ObjectNode item) {
        ObjectNode event = outlet.event(type);
        event.put("previous_item_id", previous).set("item", item.deepCopy());
        outlet.send(event);
    }

    private ObjectNode event(EventType type, ObjectNode item, int index) {
        ObjectNode event = outlet.event(type);
        event.put("response_id", responseId).put("output_index", index);
        event.set("item", item.deepCopy());
        return event;
    }

    /** Starts an event about one part of an item. */
    ObjectNode event(EventType type, String itemId, int index) {
        ObjectNode event = outlet.event(type);
        return event.put("response_id", responseId).put("item_id", itemId).put("output_index", index);
    }
}
