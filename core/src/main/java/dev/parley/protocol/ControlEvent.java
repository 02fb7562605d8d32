package dev.parley.protocol;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Every event that carries no audio payload. Its JSON is parsed when first asked for, and at most once. */
public final class ControlEvent implements Event {
    private final EventType type;
    private final Bytes wire;
    private final @Nullable String eventId;
    private @Nullable ObjectNode json;

    ControlEvent(EventType type, Bytes wire, @Nullable String eventId, @Nullable ObjectNode json) {
        this.type = type;
        this.wire = wire;
        this.eventId = eventId;
        this.json = json;
    }

    /** An event made of its JSON, which must have a {@code type}. The caller no longer changes {@code json}. */
    public static ControlEvent of(ObjectNode json) {
        String type = json.path("type").asString("");
        return new ControlEvent(
                EventType.of(type), Json.write(json), json.path("event_id").asString(null), json);
    }

    /** A message of a type that is known without reading it; its bytes may be on loan. */
    public static ControlEvent of(EventType type, Bytes wire) {
        return new ControlEvent(type, wire, null, null);
    }

    @Override
    public EventType type() {
        return type;
    }

    @Override
    public Bytes wire() {
        return wire;
    }

    @Override
    public @Nullable String eventId() {
        return eventId;
    }

    /**
     * The event's JSON; not to be changed.
     *
     * @throws Json.JsonSyntaxException if the message is not valid JSON, which the scan alone cannot tell
     */
    public ObjectNode json() {
        ObjectNode known = json;
        if (known == null) {
            known = Json.parse(wire);
            json = known;
        }
        return known;
    }

    /** The event's JSON, or an empty object where the message is not valid JSON; not to be changed. */
    public ObjectNode jsonOrEmpty() {
        try {
            return json();
        } catch (Json.JsonSyntaxException e) {
            return Json.object();
        }
    }

    @Override
    public ControlEvent copy() {
        // Without the tree, which takes many times the memory of the bytes that are counted.
        return new ControlEvent(type, wire.copy(), eventId, null);
    }

    @Override
    public String toString() {
        return type.name();
    }
}
