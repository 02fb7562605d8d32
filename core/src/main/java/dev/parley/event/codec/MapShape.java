package dev.parley.event.codec;

import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An object whose fields are all texts and have any names, such as metadata. */
record MapShape() implements Shape {
    @Override
    public @Nullable Object read(JsonNode json) {
        if (!json.isObject()) {
            return null;
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (!field.getValue().isString()) {
                return null;
            }
            texts.put(field.getKey(), field.getValue().asString());
        }
        return Collections.unmodifiableMap(texts);
    }

    @Override
    public JsonNode write(Object value) {
        ObjectNode json = Json.object();
        ((Map<?, ?>) value).forEach((name, text) -> json.put((String) name, (String) text));
        return json;
    }

    @Override
    public Object neutral() {
        return Map.of();
    }

    @Override
    public String expected() {
        return "an object";
    }

    @Override
    public @Nullable ErrorDetail fault(JsonNode json, String path, Limits limits) {
        if (!json.isObject()) {
            return Faults.type(path, expected(), json);
        }
        Wire.Pairs pairs = limits.pairs();
        if (pairs != null && json.size() > pairs.max()) {
            return Faults.pairs(path, json.size(), pairs.max());
        }
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            String name = field.getKey();
            JsonNode text = field.getValue();
            if (pairs != null && name.length() > pairs.key()) {
                return Faults.value(path, "Invalid '" + path + "': a key has at most " + pairs.key() + " characters.");
            }
            if (!text.isString()) {
                return Faults.type(Shape.at(path, name), "a string", text);
            }
            if (pairs != null && text.asString().length() > pairs.value()) {
                return Faults.longer(Shape.at(path, name), text.asString().length(), pairs.value());
            }
        }
        return limits.ruled(json, path);
    }
}
