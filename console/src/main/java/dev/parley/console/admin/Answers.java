package dev.parley.console.admin;

import dev.parley.transport.HttpResponse;
import dev.parley.transport.HttpStream;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/** How the API's answers are written. */
final class Answers {
    private Answers() {}

    static HttpResponse json(int status, ObjectNode body) {
        return guarded(HttpResponse.json(status, body));
    }

    /** Server-sent events, which no proxy is to keep back. */
    static HttpResponse stream(HttpStream stream) {
        return guarded(HttpResponse.streamed(
                200, Map.of("content-type", "text/event-stream; charset=utf-8", "x-accel-buffering", "no"), stream));
    }

    /** A response that nobody keeps, and that no browser takes for anything else. */
    static HttpResponse guarded(HttpResponse response) {
        return response.with("cache-control", "no-store").with("x-content-type-options", "nosniff");
    }

    /** Adds a number, or null where there is none. */
    static void put(ObjectNode json, String name, OptionalLong value) {
        if (value.isPresent()) {
            json.put(name, value.getAsLong());
        } else {
            json.putNull(name);
        }
    }
}
