package dev.parley.dialect;

import dev.parley.protocol.EventType;
import dev.parley.protocol.Json;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes {@code conversation.item.added} and {@code conversation.item.done}, each once an item, for a provider that only
 * announces items. An item that is finished when it is announced is done at once, the model's when
 * {@code response.output_item.done} tells its content.
 */
final class ItemsAnnounced implements Step {
    private final EventType announced;
    /** Items that are not done, as announced. */
    private final Recent<ObjectNode> open = new Recent<>(256);
    /** Items whose end was told. */
    private final Recent<Boolean> done = new Recent<>(1024);

    /**
     * A rule for one connection.
     *
     * @param announced how the provider announces items
     */
    ItemsAnnounced(EventType announced) {
        this.announced = announced;
    }

    @Override
    public Set<EventType> types() {
        return Set.of(announced, EventType.ITEM_DONE, EventType.OUTPUT_ITEM_DONE);
    }

    @Override
    public void apply(ObjectNode event, Consumer<ObjectNode> out) {
        EventType type = EventType.of(event.path("type").asString(""));
        if (type.equals(announced)) {
            announce(event, out);
        } else if (type.equals(EventType.ITEM_DONE)) {
            String id = Fields.text(event, "item.id");
            open.remove(id);
            if (id == null || done.put(id, true)) {
                out.accept(event);
            }
        } else {
            ObjectNode begun = open.remove(Fields.text(event, "item.id"));
            if (begun != null && event.get("item") instanceof ObjectNode item) {
                finish(begun, item.deepCopy(), event, out);
            }
            out.accept(event);
        }
    }

    private void announce(ObjectNode event, Consumer<ObjectNode> out) {
        event.put("type", EventType.ITEM_ADDED.name());
        ObjectNode kept = event.deepCopy();
        out.accept(event);
        String id = Fields.text(kept, "item.id");
        if (id == null || !(kept.get("item") instanceof ObjectNode item)) {
            return;
        }
        if (item.path("status").asString("completed").equals("in_progress")) {
            open.put(id, kept);
        } else {
            finish(kept, item, kept, out);
        }
    }

    /** Tells an item's end; its id is made from that of the event which brought it, as no two have the same. */
    private void finish(ObjectNode begun, ObjectNode item, ObjectNode cause, Consumer<ObjectNode> out) {
        String id = item.path("id").asString("");
        if (done.put(id, true)) {
            ObjectNode event = Json.object().put("type", EventType.ITEM_DONE.name());
            event.put("event_id", cause.path("event_id").asString("event") + "_done");
            event.put("previous_item_id", Fields.text(begun, "previous_item_id"));
            event.set("item", item);
            out.accept(event);
        }
    }
}
