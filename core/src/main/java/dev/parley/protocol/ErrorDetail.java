package dev.parley.protocol;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an {@code error} event tells: OpenAI's error object.
 *
 * @param type the family, such as {@code invalid_request_error}
 * @param code the exact error, such as {@code invalid_value}
 * @param message what happened, with which value, and what to do
 * @param param the path of the field at fault, such as {@code session.audio.output.voice}, or null
 */
public record ErrorDetail(
        String type, String code, String message, @Nullable String param) {
    /** The sender's fault. */
    public static ErrorDetail invalid(String code, String message, @Nullable String param) {
        return new ErrorDetail("invalid_request_error", code, message, param);
    }

    /** Not the sender's fault. */
    public static ErrorDetail server(String code, String message) {
        return new ErrorDetail("server_error", code, message, null);
    }

    /** The body of an HTTP response that tells this: {@code {"error":{"message":…,"type":…,"param":…,"code":…}}}. */
    public ObjectNode body() {
        ObjectNode body = Json.object();
        body.putObject("error")
                .put("message", message)
                .put("type", type)
                .put("param", param)
                .put("code", code);
        return body;
    }

    /**
     * The {@code error} event that tells this.
     *
     * @param eventId the new event's own id
     * @param cause the {@code event_id} of the client event that caused it, or null
     */
    public ControlEvent event(String eventId, @Nullable String cause) {
        ObjectNode event = Json.object();
        event.put("type", "error");
        event.put("event_id", eventId);
        ObjectNode error = event.putObject("error");
        error.put("type", type);
        error.put("code", code);
        error.put("message", message);
        error.put("param", param);
        error.put("event_id", cause);
        return ControlEvent.of(event);
    }
}
