package dev.parley.testkit.conformance;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One way in which what came out is not what went in. Tells where, and never what was said.
 *
 * @param where which event on which way, or which exchange
 * @param type of the event that was expected
 * @param path of the first field that differs, such as {@code session.tools[2].name}; empty: the event itself
 * @param what is the matter with it
 */
public record Difference(String where, String type, String path, String what) {
    /** The first field in which two values differ; empty if they do not. */
    static Optional<Difference> between(JsonNode expected, JsonNode actual, String where, String type) {
        return between(expected, actual, "").map(found -> new Difference(where, type, found.path(), found.what()));
    }

    private record Found(String path, String what) {}

    private static Optional<Found> between(JsonNode expected, JsonNode actual, String path) {
        if (expected.equals(actual)) {
            return Optional.empty();
        }
        if (expected.getNodeType() != actual.getNodeType()) {
            return Optional.of(new Found(path, "was " + kind(expected) + " and is " + kind(actual)));
        }
        if (expected.isObject()) {
            return fields(expected, actual, path);
        }
        if (expected.isArray()) {
            for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
                Optional<Found> inner = between(expected.path(i), actual.path(i), path + "[" + i + "]");
                if (inner.isPresent()) {
                    return inner;
                }
            }
            return Optional.of(new Found(path, "had " + expected.size() + " elements and has " + actual.size()));
        }
        return Optional.of(new Found(path, "has another value"));
    }

    private static Optional<Found> fields(JsonNode expected, JsonNode actual, String path) {
        for (String name : expected.propertyNames()) {
            String inside = path.isEmpty() ? name : path + "." + name;
            if (!actual.has(name)) {
                return Optional.of(new Found(inside, "is missing"));
            }
            Optional<Found> inner = between(expected.path(name), actual.path(name), inside);
            if (inner.isPresent()) {
                return inner;
            }
        }
        return actual.propertyNames().stream()
                .filter(name -> !expected.has(name))
                .findFirst()
                .map(name -> new Found(path.isEmpty() ? name : path + "." + name, "was added"));
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "an array";
            case BOOLEAN -> "a boolean";
            case NULL -> "null";
            case NUMBER -> "a number";
            case OBJECT -> "an object";
            case STRING -> "a string";
            default -> "nothing";
        };
    }

    @Override
    public String toString() {
        return where + (type.isEmpty() ? "" : ", " + type) + ": " + (path.isEmpty() ? "it" : path) + " " + what;
    }
}
