package dev.parley.gateway;

import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Json;
import dev.parley.transport.HttpRequest;
import tools.jackson.databind.node.ObjectNode;

/** Reads the bodies of requests. */
final class Bodies {
    private Bodies() {}

    /** The JSON object of a body; an empty body is an empty object. Throws {@link Refusal} if it is neither. */
    static ObjectNode object(HttpRequest request) {
        return request.body().length() == 0
                ? Json.object()
                : object(request.body().array(0, request.body().length()));
    }

    /** The JSON object in these bytes. */
    static ObjectNode object(byte[] json) {
        try {
            return Json.parse(json);
        } catch (Json.JsonSyntaxException e) {
            throw new Refusal(400, ErrorDetail.invalid("invalid_json", "The body is " + e.getMessage() + ".", null));
        }
    }
}
