package dev.parley.event.codec;

import dev.parley.protocol.ErrorDetail;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What JSON may stand at one place of an event, and the Java value that it becomes. */
sealed interface Shape permits Scalar, ListShape, MapShape, ObjectShape, RecordShape, FamilyShape {
    /** The value, or null if the JSON has another shape. What is only out of bounds is read all the same. */
    @Nullable
    Object read(JsonNode json);

    /** The JSON of a value of this shape. */
    JsonNode write(Object value);

    /** What stands for a required value that was left out. */
    Object neutral();

    /** The JSON type in words, such as {@code a string}. */
    String expected();

    /** The first thing that a strict check finds wrong, or null. */
    @Nullable
    ErrorDetail fault(JsonNode json, String path, Limits limits);

    /** The path of an object's field. */
    static String at(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
