package dev.parley.tool;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Java type as that of an argument: how it is described to the model, and how a value is made of what the model gives.
 *
 * @param schema its JSON Schema; not to be changed
 * @param optional whether it may be left out whatever is said of it, as an {@link java.util.Optional} may
 * @param absent the value of one that is left out
 * @param reader makes the value of one that is there
 */
record ArgumentType(
        ObjectNode schema, boolean optional, @Nullable Object absent, Reader reader) {
    /** A type that may not be left out. */
    static ArgumentType of(ObjectNode schema, Reader reader) {
        return new ArgumentType(schema, false, null, reader);
    }

    /** The same type, which may be left out. */
    ArgumentType orAbsent(@Nullable Object value, Reader wrapping) {
        return new ArgumentType(schema, true, value, wrapping);
    }

    /** Makes a value of JSON that fits the schema. */
    @FunctionalInterface
    interface Reader {
        /**
         * The value.
         *
         * @param at the argument's path
         * @throws ArgumentFault if it fits the schema and is still no such value, such as the 31st of February
         */
        Object read(JsonNode value, String at) throws ArgumentFault;
    }
}
