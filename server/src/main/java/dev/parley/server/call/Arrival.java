package dev.parley.server.call;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event as it reached the caller.
 *
 * @param type such as {@code response.done}; {@link #CLOSED} at the end of the connection
 * @param json the event
 * @param audio the samples it carries; empty for nearly all
 * @param nanos when, by {@link System#nanoTime}
 * @param cut what was being heard and is no longer, because this event says that the caller speaks; else null
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Arrival(String type, ObjectNode json, short[] audio, long nanos, Playout.@Nullable Interrupted cut) {
    /** Stands for the end of the connection; {@code code} and {@code reason} are in its JSON. */
    static final String CLOSED = "(closed)";

    /** A text in the event, by the names on the way to it; empty if there is none. */
    String text(String... path) {
        JsonNode node = json;
        for (String name : path) {
            node = node.path(name);
        }
        return node.asString("");
    }
}
