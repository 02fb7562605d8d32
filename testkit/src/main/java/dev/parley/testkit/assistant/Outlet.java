package dev.parley.testkit.assistant;

import dev.parley.protocol.Json;
import dev.parley.testkit.FakeConnection;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The way of events to the client, and the source of ids. */
final class Outlet {
    private final FakeConnection connection;
    private int ids;

    Outlet(FakeConnection connection) {
        this.connection = connection;
    }

    String id(String prefix) {
        ids++;
        return prefix + "_scripted" + ids;
    }

    /** A new event with its type and id. */
    ObjectNode event(String type) {
        return Json.object().put("type", type).put("event_id", id("event"));
    }

    void send(ObjectNode event) throws IOException {
        connection.send(event.toString());
    }

    /** Refuses a client's event. */
    void refuse(ObjectNode cause, String code, @Nullable String param, String message) throws IOException {
        ObjectNode event = event("error");
        event.putObject("error")
                .put("type", "invalid_request_error")
                .put("code", code)
                .put("message", message)
                .put("param", param)
                .set("event_id", cause.path("event_id"));
        if (event.path("error").path("event_id").isMissingNode()) {
            ((ObjectNode) event.path("error")).putNull("event_id");
        }
        send(event);
    }
}
