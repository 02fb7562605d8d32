package dev.parley.gemini.wire;

import dev.parley.protocol.Json;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the messages that a client sends to Gemini Live. Gemini Live: {@code BidiGenerateContentClientMessage}. Pure. */
public final class Messages {
    private Messages() {}

    public static ObjectNode activityStart() {
        return realtime("activityStart");
    }

    public static ObjectNode activityEnd() {
        return realtime("activityEnd");
    }

    private static ObjectNode realtime(String signal) {
        ObjectNode message = Json.object();
        message.putObject("realtimeInput").putObject(signal);
        return message;
    }

    public static ObjectNode audioStreamEnd() {
        ObjectNode message = Json.object();
        message.putObject("realtimeInput").put("audioStreamEnd", true);
        return message;
    }

    public static ObjectNode realtimeText(String text) {
        ObjectNode message = Json.object();
        message.putObject("realtimeInput").put("text", text);
        return message;
    }

    /** An image. */
    public static ObjectNode video(String mimeType, String base64) {
        ObjectNode message = Json.object();
        message.putObject("realtimeInput")
                .putObject("video")
                .put("data", base64)
                .put("mimeType", mimeType);
        return message;
    }

    /** Turns of a conversation; {@code complete} if they are to be answered. */
    public static ObjectNode content(List<ObjectNode> turns, boolean complete) {
        ObjectNode message = Json.object();
        ObjectNode content = message.putObject("clientContent");
        if (!turns.isEmpty()) {
            ArrayNode list = content.putArray("turns");
            turns.forEach(list::add);
        }
        content.put("turnComplete", complete);
        return message;
    }

    /** A turn of one part. */
    public static ObjectNode turn(String role, ObjectNode... parts) {
        ObjectNode turn = Json.object().put("role", role);
        turn.putArray("parts").addAll(Arrays.asList(parts));
        return turn;
    }

    public static ObjectNode text(String text) {
        return Json.object().put("text", text);
    }

    public static ObjectNode blob(String mimeType, String base64) {
        ObjectNode part = Json.object();
        part.putObject("inlineData").put("mimeType", mimeType).put("data", base64);
        return part;
    }

    /** Results of functions, each with its {@code name}, {@code response} and perhaps {@code id}. */
    public static ObjectNode toolResponse(List<ObjectNode> results) {
        ObjectNode message = Json.object();
        message.putObject("toolResponse").putArray("functionResponses").addAll(results);
        return message;
    }
}
