package dev.parley.event.codec;

import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Fields;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An object about whose fields nothing is known, such as a JSON schema. */
record ObjectShape() implements Shape {
    @Override
    public @Nullable Object read(JsonNode json) {
        return json instanceof ObjectNode object ? Fields.of(object) : null;
    }

    @Override
    public JsonNode write(Object value) {
        return ((Fields) value).json();
    }

    @Override
    public Object neutral() {
        return Fields.NONE;
    }

    @Override
    public String expected() {
        return "an object";
    }

    @Override
    public @Nullable ErrorDetail fault(JsonNode json, String path, Limits limits) {
        return json.isObject() ? limits.ruled(json, path) : Faults.type(path, expected(), json);
    }
}
