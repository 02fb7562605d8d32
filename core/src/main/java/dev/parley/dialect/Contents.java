package dev.parley.dialect;

import dev.parley.protocol.EventType;
import dev.parley.protocol.Json;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fills in what a provider leaves out at the end of an item, from what it told before: the {@code part} of
 * {@code response.content_part.done}, the {@code content} of {@code response.output_item.done}, and the {@code name} and
 * {@code output_index} of function calls' arguments.
 */
final class Contents implements Step {
    /** Parts an item, from which on they are no longer kept. */
    private static final int MOST = 32;

    private final Recent<Map<Integer, ObjectNode>> items = new Recent<>(64);
    /** The functions that are called, by the ids of their items, as {@code response.output_item.added} tells them. */
    private final Recent<ObjectNode> functions = new Recent<>(64);

    @Override
    public Set<EventType> types() {
        return Set.of(
                EventType.OUTPUT_ITEM_ADDED,
                EventType.CONTENT_PART_ADDED,
                EventType.OUTPUT_TRANSCRIPT_DONE,
                EventType.OUTPUT_TEXT_DONE,
                EventType.CONTENT_PART_DONE,
                EventType.FUNCTION_ARGUMENTS_DELTA,
                EventType.FUNCTION_ARGUMENTS_DONE,
                EventType.OUTPUT_ITEM_DONE);
    }

    @Override
    public void apply(ObjectNode event, Consumer<ObjectNode> out) {
        EventType type = EventType.of(event.path("type").asString(""));
        String id = Fields.text(event, "item_id");
        if (type.equals(EventType.OUTPUT_ITEM_ADDED)) {
            begin(event);
        } else if (type.equals(EventType.CONTENT_PART_ADDED)) {
            if (event.get("part") instanceof ObjectNode part) {
                keep(id, event, part.deepCopy());
            }
        } else if (type.equals(EventType.OUTPUT_TRANSCRIPT_DONE)) {
            keep(id, event, part("audio", "transcript", event.path("transcript").asString("")));
        } else if (type.equals(EventType.OUTPUT_TEXT_DONE)) {
            keep(id, event, part("text", "text", event.path("text").asString("")));
        } else if (type.equals(EventType.CONTENT_PART_DONE)) {
            finishPart(event, id);
        } else if (type.equals(EventType.OUTPUT_ITEM_DONE)) {
            finishItem(event);
        } else {
            nameFunction(event, functions.get(id));
        }
        out.accept(event);
    }

    private void begin(ObjectNode event) {
        String id = Fields.text(event, "item.id");
        if (id != null && event.get("item") instanceof ObjectNode item) {
            if (item.path("type").asString("").equals("function_call")) {
                functions.put(id, event.deepCopy());
            }
            if (item.path("type").asString("").equals("message")) {
                items.put(id, new TreeMap<>());
                if (!item.has("content")) {
                    item.putArray("content");
                }
            }
        }
    }

    private static void nameFunction(ObjectNode event, @Nullable ObjectNode begun) {
        String name = begun == null ? null : Fields.text(begun, "item.name");
        if (begun != null && begun.has("output_index") && !event.has("output_index")) {
            event.set("output_index", begun.get("output_index"));
        }
        if (name != null && !event.has("name") && event.has("arguments")) {
            event.put("name", name);
        }
    }

    private void keep(@Nullable String id, ObjectNode event, ObjectNode part) {
        Map<Integer, ObjectNode> parts = items.get(id);
        if (parts != null && parts.size() < MOST) {
            parts.put(event.path("content_index").asInt(0), part);
        }
    }

    private static ObjectNode part(String type, String field, String text) {
        return Json.object().put("type", type).put(field, text);
    }

    private void finishPart(ObjectNode event, @Nullable String id) {
        Map<Integer, ObjectNode> parts = items.get(id);
        ObjectNode known =
                parts == null ? null : parts.get(event.path("content_index").asInt(0));
        if (known == null) {
            return;
        }
        if (!(event.get("part") instanceof ObjectNode part)) {
            event.set("part", known.deepCopy());
            return;
        }
        for (String field : new String[] {"text", "transcript"}) {
            if (known.has(field) && part.path(field).asString("").isEmpty()) {
                part.set(field, known.get(field));
            }
        }
    }

    private void finishItem(ObjectNode event) {
        Map<Integer, ObjectNode> parts = items.remove(Fields.text(event, "item.id"));
        functions.remove(Fields.text(event, "item.id"));
        if (parts != null && event.get("item") instanceof ObjectNode item && !item.has("content")) {
            ArrayNode content = item.putArray("content");
            // With the types that parts have in items.
            parts.values()
                    .forEach(part -> content.add(part.deepCopy()
                            .put("type", "output_" + part.path("type").asString("text"))));
        }
    }
}
