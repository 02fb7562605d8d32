package dev.parley.dialect;

import dev.parley.protocol.EventType;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Tells a beta client of each item once, with {@code conversation.item.created}, when it is added or, at last, done. */
final class ItemsCreated implements Step {
    private final Recent<Boolean> told = new Recent<>(1024);

    @Override
    public Set<EventType> types() {
        return Set.of(EventType.ITEM_ADDED, EventType.ITEM_DONE, Types.ITEM_CREATED);
    }

    @Override
    public void apply(ObjectNode event, Consumer<ObjectNode> out) {
        String id = Fields.text(event, "item.id");
        if (id == null || told.put(id, true)) {
            out.accept(event.put("type", Types.ITEM_CREATED.name()));
        }
    }
}
