package dev.parley.event.codec;

import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Fields;
import dev.parley.protocol.Json;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object with known fields: a record whose last component is {@code Fields more}. That keeps what the components
 * cannot: unknown fields, explicit nulls, values of another type, and which required fields were left out.
 */
final class RecordShape implements Shape {
    private final Structure structure;
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final @Nullable Rule rule;

    RecordShape(Class<?> type) {
        structure = new Structure(type);
        rule = Limits.rule(type);
        List<RecordComponent> components = structure.components();
        if (components.isEmpty() || components.getLast().getType() != Fields.class) {
            throw new IllegalStateException(type + " has no last component 'Fields more'");
        }
        for (RecordComponent component : components.subList(0, components.size() - 1)) {
            Slot slot = Slot.of(component);
            slots.put(slot.name(), slot);
        }
    }

    @Override
    public @Nullable Object read(JsonNode json) {
        return json instanceof ObjectNode object ? readIn(object, null) : null;
    }

    /** As {@link #read(JsonNode)}, in a family that is told apart by the field {@code tag}. */
    Object readIn(ObjectNode json, @Nullable String tag) {
        @Nullable Object[] values = new @Nullable Object[slots.size() + 1];
        Map<String, JsonNode> more = new LinkedHashMap<>();
        if (tag != null && !json.has(tag)) {
            more.put(tag, MissingNode.getInstance());
        }
        int i = 0;
        for (Slot slot : slots.values()) {
            JsonNode node = json.get(slot.name());
            Object value = node == null ? null : slot.shape().read(node);
            if (value == null && (node != null || slot.required())) {
                more.put(slot.name(), node == null ? MissingNode.getInstance() : node);
            }
            values[i++] = value == null && slot.required() ? slot.shape().neutral() : value;
        }
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (!slots.containsKey(field.getKey()) && !field.getKey().equals(tag)) {
                more.put(field.getKey(), field.getValue());
            }
        }
        values[i] = Fields.of(more);
        return structure.make(values);
    }

    @Override
    public JsonNode write(Object value) {
        return writeIn(value, null, "");
    }

    /** As {@link #write(Object)}, in a family where the field {@code tag} has the value {@code type}. */
    ObjectNode writeIn(Object value, @Nullable String tag, String type) {
        ObjectNode json = Json.object();
        Fields more = (Fields) structure.required(value, slots.size());
        if (tag != null && !more.decides(tag)) {
            json.put(tag, type);
        }
        int i = 0;
        for (Slot slot : slots.values()) {
            Object part = structure.component(value, i++);
            if (more.decides(slot.name())) {
                more.get(slot.name()).ifPresent(node -> json.set(slot.name(), node));
            } else if (part != null) {
                json.set(slot.name(), slot.shape().write(part));
            }
        }
        more.forEach(json::set);
        return json;
    }

    @Override
    public Object neutral() {
        return readIn(Json.object(), null);
    }

    @Override
    public String expected() {
        return "an object";
    }

    @Override
    public @Nullable ErrorDetail fault(JsonNode json, String path, Limits limits) {
        if (!(json instanceof ObjectNode object)) {
            return Faults.type(path, expected(), json);
        }
        ErrorDetail fault = faultIn(object, path, null);
        return fault != null ? fault : limits.ruled(json, path);
    }

    /** As {@link #fault(JsonNode, String, Limits)}, in a family that is told apart by the field {@code tag}. */
    @Nullable
    ErrorDetail faultIn(ObjectNode json, String path, @Nullable String tag) {
        for (String name : json.propertyNames()) {
            Slot slot = slots.get(name);
            if (!name.equals(tag) && (slot == null || slot.serverOnly())) {
                return Faults.unknown(Shape.at(path, Faults.quoted(name)));
            }
        }
        for (Slot slot : slots.values()) {
            ErrorDetail fault = slot.fault(json.get(slot.name()), Shape.at(path, slot.name()));
            if (fault != null) {
                return fault;
            }
        }
        return rule == null ? null : rule.fault(json, path);
    }
}
