package dev.parley.dialect;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Fields of an object by their path, such as {@code audio.input.format}; lenient with whatever is in the way. */
final class Fields {
    private Fields() {}

    /** The value at a path, or null. */
    static @Nullable JsonNode at(ObjectNode object, String path) {
        JsonNode here = object;
        for (String name : path.split("\\.")) {
            here = here.path(name);
        }
        return here.isMissingNode() ? null : here;
    }

    /** Sets the value at a path; answers whether it could, which it cannot if something else is in the way. */
    static boolean put(ObjectNode object, String path, JsonNode value) {
        int dot = path.lastIndexOf('.');
        ObjectNode parent = object;
        if (dot >= 0) {
            for (String name : path.substring(0, dot).split("\\.")) {
                JsonNode next = parent.get(name);
                if (next == null) {
                    next = parent.putObject(name);
                }
                if (!(next instanceof ObjectNode inner)) {
                    return false;
                }
                parent = inner;
            }
        }
        parent.set(path.substring(dot + 1), value);
        return true;
    }

    /** Removes the value at a path, and the objects around it that are empty then. */
    static void remove(ObjectNode object, String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            object.remove(path);
        } else if (object.get(path.substring(0, dot)) instanceof ObjectNode inner) {
            remove(inner, path.substring(dot + 1));
            if (inner.isEmpty()) {
                object.remove(path.substring(0, dot));
            }
        }
    }

    /** The text at a path, or null. */
    static @Nullable String text(ObjectNode object, String path) {
        JsonNode value = at(object, path);
        return value != null && value.isString() ? value.asString() : null;
    }
}
