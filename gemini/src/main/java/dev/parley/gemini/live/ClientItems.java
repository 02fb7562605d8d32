package dev.parley.gemini.live;

import dev.parley.protocol.EventType;
import dev.parley.protocol.Json;
import dev.parley.provider.reply.Outlet;
import dev.parley.provider.reply.Refused;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What clients do to the items of the conversation: add, retrieve and truncate them. Lane only. */
final class ClientItems {
    /** Bytes a millisecond of the model's speech: 16-bit PCM at 24,000 Hz. */
    private static final int BYTES_PER_MS = 48;

    private final Outlet outlet;
    private final Conversation conversation;

    ClientItems(Outlet outlet, Conversation conversation) {
        this.outlet = outlet;
        this.conversation = conversation;
    }

    /**
     * Reads an item, whose shape has been checked, as events show it.
     *
     * @throws Refused if it cannot be taken
     */
    ObjectNode read(JsonNode sent, @Nullable String previousId) {
        String last = conversation.lastId();
        boolean atEnd = previousId == null || previousId.equals(last) || (previousId.equals("root") && last == null);
        if (!atEnd) {
            throw Refused.unsupported(
                    "gemini", "previous_item_id", "items elsewhere than at the end of the conversation");
        }
        String type = sent.path("type").asString("");
        String id = sent.path("id").asString(outlet.id("item"));
        if (conversation.find(id) != null) {
            throw Refused.of(
                    "item_create_duplicate_item_id",
                    "Error adding item: an item with id '" + id + "' already exists.",
                    "item.id");
        }
        ObjectNode item = Json.object().put("id", id).put("type", type);
        switch (type) {
            case "message" -> message(sent, item);
            case "function_call" ->
                item.put("status", "completed")
                        .put("name", sent.path("name").asString(""))
                        .put("call_id", sent.path("call_id").asString(outlet.id("call")))
                        .put("arguments", sent.path("arguments").asString(""));
            case "function_call_output" ->
                item.put("call_id", sent.path("call_id").asString(""))
                        .put("output", sent.path("output").asString(""));
            default -> throw Refused.unsupported("gemini", "item.type", "MCP tools");
        }
        return item;
    }

    private static void message(JsonNode sent, ObjectNode item) {
        item.put("status", "completed").put("role", sent.path("role").asString(""));
        ArrayNode content = item.putArray("content");
        JsonNode parts = sent.path("content");
        for (int i = 0; i < parts.size(); i++) {
            JsonNode part = parts.path(i);
            String type = part.path("type").asString("");
            String where = "item.content[" + i + "]";
            ObjectNode shown = content.addObject().put("type", type);
            switch (type) {
                case "input_image" -> {
                    String url = part.path("image_url").asString("");
                    DataUrl unused = DataUrl.of(url, where + ".image_url");
                    shown.put("image_url", url);
                }
                case "input_audio" ->
                    shown.put(
                            "transcript", part.path("transcript").asStringOpt().orElse(null));
                case "output_audio" ->
                    shown.put("transcript", part.path("transcript").asString(""));
                default -> shown.put("text", part.path("text").asString(""));
            }
        }
    }

    /** An item as the model is told of it: with its audio, which events do not show. */
    static ObjectNode told(ObjectNode item, JsonNode sent) {
        ObjectNode told = item.deepCopy();
        for (int i = 0; i < told.path("content").size(); i++) {
            String audio = sent.path("content").path(i).path("audio").asString("");
            if (told.path("content").path(i) instanceof ObjectNode part
                    && part.path("type").asString("").equals("input_audio")
                    && part.path("transcript").asString("").isEmpty()) {
                part.put("audio", audio);
            }
        }
        return told;
    }

    /** Adds an item and announces it. */
    void add(ObjectNode item) {
        String previous = conversation.append(item);
        for (EventType type : new EventType[] {EventType.ITEM_ADDED, EventType.ITEM_DONE}) {
            ObjectNode event = outlet.event(type).put("previous_item_id", previous);
            event.set("item", item.deepCopy());
            outlet.send(event);
        }
    }

    void retrieve(String id) {
        ObjectNode event = outlet.event(EventType.ITEM_RETRIEVED);
        event.set("item", find("retrieve", "retrieving", id).json.deepCopy());
        outlet.send(event);
    }

    /**
     * Cuts an answer to what was heard of it.
     *
     * @throws Refused if it is no speech of the model's, or is shorter
     */
    void truncate(String id, int contentIndex, int audioEndMs) {
        Conversation.Entry entry = find("truncate", "truncating", id);
        if (entry.audioBytes == 0 && audioEndMs > 0) {
            throw Refused.value("item_id", "Only model output audio messages can be truncated.");
        }
        if (contentIndex != 0) {
            throw Refused.value("content_index", "The message has one part of content; its index is 0.");
        }
        long ms = entry.audioBytes / BYTES_PER_MS;
        // A client that counts in another format may be a sample off.
        if (audioEndMs > ms + 1) {
            throw Refused.value(
                    "audio_end_ms", "Audio content of " + ms + "ms is already shorter than " + audioEndMs + "ms");
        }
        Conversation.truncate(entry, (long) audioEndMs * BYTES_PER_MS);
        outlet.send(outlet.event(EventType.ITEM_TRUNCATED)
                .put("item_id", id)
                .put("content_index", contentIndex)
                .put("audio_end_ms", audioEndMs));
    }

    private Conversation.Entry find(String verb, String doing, String id) {
        Conversation.Entry entry = conversation.find(id);
        if (entry == null) {
            throw Refused.of(
                    "item_" + verb + "_invalid_item_id",
                    "Error " + doing + " item: the item with id '" + id + "' does not exist.",
                    "item_id");
        }
        return entry;
    }
}
