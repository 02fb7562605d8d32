package dev.parley.event.codec;

import dev.parley.protocol.ErrorDetail;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What must hold of a piece of JSON beyond the shape of each of its fields. */
@FunctionalInterface
public interface Rule {
    /**
     * The first fault, or null.
     *
     * @param json JSON that has the right shape
     * @param path where it stands, such as {@code session.tools[0]}
     */
    @Nullable
    ErrorDetail fault(JsonNode json, String path);
}
