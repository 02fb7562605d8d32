package dev.parley.testkit.conformance;

import static dev.parley.testkit.gemini.RecordedGemini.field;

import dev.parley.protocol.Json;
import dev.parley.testkit.Caller;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Queue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Says what a client of Gemini said as a client of OpenAI would. */
final class GeminiClient {
    private static final int HERTZ = 24_000;

    private final Caller caller;
    private final Queue<String> callIds = new ArrayDeque<>();
    private boolean manual;

    GeminiClient(Caller caller) {
        this.caller = caller;
    }

    /** A function was called, whose result will be told. */
    void called(String callId) {
        callIds.add(callId);
    }

    /** Sets the session up as a recorded {@code setup} did. */
    void setUp(JsonNode setup) {
        ObjectNode session = Json.object().put("type", "realtime");
        JsonNode instructions =
                field(setup, "systemInstruction").path("parts").path(0).path("text");
        if (instructions.isString()) {
            session.set("instructions", instructions);
        }
        ObjectNode input = session.putObject("audio").putObject("input");
        if (setup.has("inputAudioTranscription")) {
            input.putObject("transcription").put("model", "gpt-4o-transcribe");
        }
        manual = setup.at("/realtimeInputConfig/automaticActivityDetection/disabled")
                .asBoolean(false);
        if (manual) {
            input.putNull("turn_detection");
        }
        ArrayNode tools = session.putArray("tools");
        for (JsonNode tool : setup.path("tools")) {
            for (JsonNode function : field(tool, "functionDeclarations")) {
                ObjectNode declared = tools.addObject().put("type", "function");
                declared.set("name", function.path("name"));
                declared.set("description", function.path("description"));
                declared.set("parameters", schema(function.path("parameters")));
            }
        }
        caller.send(event("session.update").set("session", session).toString());
    }

    /** JSON Schema of what Gemini's own schema says. */
    private static JsonNode schema(JsonNode schema) {
        if (!(schema instanceof ObjectNode object)) {
            return Json.object().put("type", "object").set("properties", Json.object());
        }
        ObjectNode written = object.deepCopy();
        if (schema.path("type").isString()) {
            String type = schema.path("type").asString().toLowerCase(Locale.ROOT);
            if (schema.path("nullable").asBoolean(false)) {
                written.putArray("type").add(type).add("null");
            } else {
                written.put("type", type);
            }
        }
        written.remove("nullable");
        for (String name : schema.path("properties").propertyNames()) {
            ((ObjectNode) written.path("properties"))
                    .set(name, schema(schema.path("properties").path(name)));
        }
        if (schema.has("items")) {
            written.set("items", schema(schema.path("items")));
        }
        return written;
    }

    /** Says what a message says; what it is in words or sound is not the same where only bytes of it were recorded. */
    void say(JsonNode message) {
        JsonNode content = field(message, "clientContent");
        for (JsonNode turn : content.path("turns")) {
            turn(turn);
        }
        if (field(content, "turnComplete").asBoolean(false)) {
            caller.send(event("response.create").toString());
        }
        for (JsonNode response : field(field(message, "toolResponse"), "functionResponses")) {
            result(response.path("response"));
        }
        if (field(message, "toolResponse").isObject()) {
            caller.send(event("response.create").toString());
        }
        JsonNode realtime = field(message, "realtimeInput");
        if (realtime.has("text")) {
            turn(Json.mapper()
                    .createObjectNode()
                    .set("parts", Json.mapper().createArrayNode().add(realtime)));
            caller.send(event("response.create").toString());
        }
        if (field(realtime, "activityEnd").isObject()) {
            caller.appendAudio(sound(500, 4000));
            caller.send(event("input_audio_buffer.commit").toString());
            caller.send(event("response.create").toString());
        }
    }

    /** Speaks, where a recorded client did, and is silent then. */
    void speak() {
        if (!manual) {
            caller.appendAudio(sound(500, 4000));
            caller.appendAudio(sound(1000, 0));
        }
    }

    private void turn(JsonNode turn) {
        boolean model = turn.path("role").asString("user").equals("model");
        ObjectNode event = event("conversation.item.create");
        ObjectNode item = event.putObject("item").put("type", "message").put("role", model ? "assistant" : "user");
        ArrayNode parts = item.putArray("content");
        for (JsonNode part : turn.path("parts")) {
            parts.addObject()
                    .put("type", model ? "output_text" : "input_text")
                    .put("text", part.path("text").asString(""));
        }
        caller.send(event.toString());
    }

    private void result(JsonNode response) {
        ObjectNode event = event("conversation.item.create");
        JsonNode output = response.path("output");
        event.putObject("item")
                .put("type", "function_call_output")
                .put("call_id", callIds.isEmpty() ? "" : callIds.remove())
                .put("output", response.size() == 1 && output.isString() ? output.asString() : response.toString());
        caller.send(event.toString());
    }

    private static ObjectNode event(String type) {
        return Json.object().put("type", type);
    }

    private static byte[] sound(int millis, int level) {
        byte[] pcm = new byte[millis * HERTZ / 1000 * 2];
        for (int i = 0; i < pcm.length / 2; i++) {
            int sample = (int) (level * Math.sin(2 * Math.PI * 300 * i / HERTZ));
            pcm[2 * i] = (byte) sample;
            pcm[2 * i + 1] = (byte) (sample >> 8);
        }
        return pcm;
    }
}
