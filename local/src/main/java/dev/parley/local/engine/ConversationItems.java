package dev.parley.local.engine;

import dev.parley.protocol.EventType;
import dev.parley.provider.reply.Outlet;
import dev.parley.provider.reply.Refused;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What clients do to the items of the conversation: add, retrieve, truncate and delete them. Used on the lane. */
final class ConversationItems {
    private final Outlet outlet;
    private final Conversation conversation;
    private final Recognition recognition;
    private final Responses responses;

    ConversationItems(Outlet outlet, Conversation conversation, Recognition recognition, Responses responses) {
        this.outlet = outlet;
        this.conversation = conversation;
        this.recognition = recognition;
        this.responses = responses;
    }

    /** Takes an item; {@code previousId} null: at the end. */
    void create(JsonNode sent, @Nullable String previousId) {
        Item item = read(sent, "item");
        if (conversation.find(item.id()) != null) {
            throw Refused.of(
                    "item_create_duplicate_item_id",
                    "Error adding item: an item with id '" + item.id() + "' already exists.",
                    "item.id");
        }
        if (item.type().equals("function_call_output") && !conversation.hasCall(item.callId())) {
            throw Refused.of(
                    "invalid_tool_call_id",
                    "Tool call ID '" + item.callId() + "' not found in conversation.",
                    "item.call_id");
        }
        announce(item, place(item, previousId));
        recognition.item(item, conversation, true);
    }

    private @Nullable String place(Item item, @Nullable String previousId) {
        if (previousId == null) {
            return conversation.append(item);
        }
        if (previousId.equals("root")) {
            return conversation.insertAfter(null, item);
        }
        Item previous = conversation.find(previousId);
        if (previous == null) {
            throw Refused.of(
                    "item_create_invalid_previous_item_id",
                    "Error adding item: the previous item with id '" + previousId + "' does not exist.",
                    "previous_item_id");
        }
        return conversation.insertAfter(previous, item);
    }

    /** Adds what the user said and announces it. */
    void committed(Item item) {
        ObjectNode event = outlet.event(EventType.INPUT_AUDIO_COMMITTED);
        outlet.send(event.put("previous_item_id", conversation.lastId()).put("item_id", item.id()));
        announce(item, conversation.append(item));
    }

    private void announce(Item item, @Nullable String previous) {
        for (EventType type : new EventType[] {EventType.ITEM_ADDED, EventType.ITEM_DONE}) {
            ObjectNode event = outlet.event(type);
            event.put("previous_item_id", previous).set("item", item.json().deepCopy());
            outlet.send(event);
        }
    }

    private Item find(String verb, String doing, String id) {
        Item item = conversation.find(id);
        if (item == null) {
            throw Refused.of(
                    "item_" + verb + "_invalid_item_id",
                    "Error " + doing + " item: the item with id '" + id + "' does not exist.",
                    "item_id");
        }
        return item;
    }

    void retrieve(String id) {
        Item item = find("retrieve", "retrieving", id);
        ObjectNode event = outlet.event(EventType.ITEM_RETRIEVED);
        event.set("item", item.retrieved());
        outlet.send(event);
    }

    void truncate(String id, int contentIndex, int audioEndMs) {
        Item item = find("truncate", "truncating", id);
        Speech running = responses.puttingOut(item);
        if (running == null ? !item.isAssistantAudio() : !running.spoken()) {
            throw Refused.value("item_id", "Only model output audio messages can be truncated.");
        }
        if (contentIndex != 0) {
            throw Refused.value("content_index", "The message has one part of content; its index is 0.");
        }
        int ms = running == null ? item.audioMs() : running.audioMs();
        if (audioEndMs > ms) {
            throw Refused.value(
                    "audio_end_ms", "Audio content of " + ms + "ms is already shorter than " + audioEndMs + "ms");
        }
        if (running != null) {
            responses.interrupt("client_cancelled");
        }
        item.truncate(audioEndMs);
        ObjectNode event = outlet.event(EventType.ITEM_TRUNCATED);
        event.put("item_id", id).put("content_index", contentIndex).put("audio_end_ms", audioEndMs);
        outlet.send(event);
    }

    void delete(String id) {
        Item item = find("delete", "deleting", id);
        if (responses.puttingOut(item) != null) {
            responses.interrupt("client_cancelled");
        }
        recognition.forget(item);
        conversation.remove(item);
        outlet.send(outlet.event(EventType.ITEM_DELETED).put("item_id", id));
    }

    private Item read(JsonNode sent, String path) {
        return ItemReader.read(sent, path, outlet.id("item"), outlet.id("call"));
    }

    /** What a response answers to instead of the conversation: its {@code input}. */
    Conversation input(JsonNode input) {
        Conversation context = new Conversation();
        for (int i = 0; i < input.size(); i++) {
            JsonNode element = input.path(i);
            String path = "response.input[" + i + "]";
            if (element.path("type").asString("").equals("item_reference")) {
                Item known = conversation.find(element.path("id").asString(""));
                if (known == null) {
                    throw Refused.value(path + ".id", "There is no such item in the conversation.");
                }
                context.append(known);
            } else {
                context.append(read(element, path));
            }
        }
        context.items().forEach(item -> recognition.item(item, context, false));
        return context;
    }
}
