package dev.parley.gemini.setup;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a {@code response.create} asks for.
 *
 * @param instructions for this response, or null
 * @param metadata shown in the response; may be missing
 */
public record ResponseWish(@Nullable String instructions, JsonNode metadata) {
    /**
     * Reads the {@code response} of a {@code response.create}, whose shape has been checked.
     *
     * @throws dev.parley.provider.reply.Refused if something in it cannot be had for one response
     */
    public static ResponseWish of(ObjectNode response, SessionSettings session) {
        throw new UnsupportedOperationException();
    }

    /** The {@code response} object of the response that begins, with an empty {@code output}. */
    public ObjectNode response(String id, String conversationId, SessionSettings session) {
        throw new UnsupportedOperationException();
    }
}
