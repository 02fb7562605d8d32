package dev.parley.testkit.assistant;

import dev.parley.protocol.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The items of the conversation. */
final class Items {
    private final Outlet out;
    private final Map<String, ObjectNode> items = new LinkedHashMap<>();
    private @Nullable String last;
    private String announced = "";
    private String question = "";
    private String result = "";
    private boolean told;

    Items(Outlet out) {
        this.out = out;
    }

    /** What the user said last, in lower case; empty where the last word was a function's. */
    String question() {
        return question;
    }

    /** What functions answered since they were called; empty where the last word was the user's. */
    String result() {
        return result;
    }

    /** The result was read out. */
    void told() {
        told = true;
    }

    /** Gives the item of a turn that has begun its id. */
    String announce() {
        announced = out.id("item");
        return announced;
    }

    String announced() {
        return announced;
    }

    void create(ObjectNode event) throws IOException {
        ObjectNode item = ((ObjectNode) event.path("item")).deepCopy();
        if (!item.has("id")) {
            item.put("id", out.id("item"));
        }
        if (item.path("type").asString("").equals("message")) {
            item.put("status", "completed");
        }
        switch (item.path("type").asString("")) {
            case "function_call_output" -> {
                String output = item.path("output").asString("");
                result = told || result.isEmpty() ? output : result + " " + output;
                told = false;
            }
            case "message" -> {
                if (item.path("role").asString("").equals("user")) {
                    asked(item.path("content").path(0).path("text").asString(""));
                }
            }
            default -> {}
        }
        added(item);
        done(item);
    }

    private void asked(String text) {
        question = text.toLowerCase(Locale.ROOT);
        result = "";
        told = false;
    }

    /** The announced item of a turn that has ended. */
    String addSpoken(String heard) throws IOException {
        ObjectNode committed = out.event("input_audio_buffer.committed").put("previous_item_id", last);
        out.send(committed.put("item_id", announced));
        ObjectNode item = message(announced, "completed", "user");
        item.withArray("content").addObject().put("type", "input_audio").putNull("transcript");
        asked(heard);
        added(item);
        done(item);
        return announced;
    }

    /** The transcript of a spoken item, which from now on is told with it. */
    void transcribed(String id, String transcript) {
        ObjectNode item = items.get(id);
        if (item != null) {
            ((ObjectNode) item.path("content").path(0)).put("transcript", transcript);
        }
    }

    /** A message without content. */
    ObjectNode message(String id, String status, String role) {
        ObjectNode item = Json.object().put("id", id).put("type", "message");
        item.put("status", status).put("role", role).putArray("content");
        return item;
    }

    void added(ObjectNode item) throws IOException {
        ObjectNode event = out.event("conversation.item.added").put("previous_item_id", last);
        event.set("item", item.deepCopy());
        last = item.path("id").asString("");
        items.put(last, item);
        out.send(event);
    }

    void done(ObjectNode item) throws IOException {
        ObjectNode event = out.event("conversation.item.done").putNull("previous_item_id");
        event.set("item", item.deepCopy());
        items.put(item.path("id").asString(""), item);
        out.send(event);
    }

    void retrieve(ObjectNode event) throws IOException {
        if (known(event, "item_retrieve_invalid_item_id")) {
            ObjectNode told = out.event("conversation.item.retrieved");
            told.set("item", Objects.requireNonNull(items.get(id(event))).deepCopy());
            out.send(told);
        }
    }

    void delete(ObjectNode event) throws IOException {
        if (known(event, "item_delete_invalid_item_id")) {
            items.remove(id(event));
            out.send(out.event("conversation.item.deleted").put("item_id", id(event)));
        }
    }

    void truncate(ObjectNode event) throws IOException {
        if (known(event, "item_truncate_invalid_item_id")) {
            out.send(out.event("conversation.item.truncated")
                    .put("item_id", id(event))
                    .put("content_index", event.path("content_index").asInt(0))
                    .put("audio_end_ms", event.path("audio_end_ms").asInt(0)));
        }
    }

    private boolean known(ObjectNode event, String code) throws IOException {
        if (items.containsKey(id(event))) {
            return true;
        }
        out.refuse(event, code, "item_id", "The conversation has no item with this id.");
        return false;
    }

    private static String id(JsonNode event) {
        return event.path("item_id").asString("");
    }
}
