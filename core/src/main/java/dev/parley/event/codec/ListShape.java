package dev.parley.event.codec;

import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** An array whose elements have one shape. */
record ListShape(Shape element) implements Shape {
    @Override
    public @Nullable Object read(JsonNode json) {
        if (!json.isArray()) {
            return null;
        }
        List<Object> values = new ArrayList<>(json.size());
        for (JsonNode node : json) {
            Object value = element.read(node);
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return Collections.unmodifiableList(values);
    }

    @Override
    public JsonNode write(Object value) {
        ArrayNode array = Json.mapper().createArrayNode();
        for (Object one : (List<?>) value) {
            array.add(element.write(one));
        }
        return array;
    }

    @Override
    public Object neutral() {
        return List.of();
    }

    @Override
    public String expected() {
        return "an array";
    }

    @Override
    public @Nullable ErrorDetail fault(JsonNode json, String path, Limits limits) {
        if (!json.isArray()) {
            return Faults.type(path, expected(), json);
        }
        for (int i = 0; i < json.size(); i++) {
            // The rule is for the whole; all other limits are for each.
            ErrorDetail fault = element.fault(json.get(i), path + "[" + i + "]", limits.withoutRule());
            if (fault != null) {
                return fault;
            }
        }
        return limits.ruled(json, path);
    }
}
