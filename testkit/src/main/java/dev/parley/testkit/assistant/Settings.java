package dev.parley.testkit.assistant;

import dev.parley.protocol.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The session's configuration, with every field that OpenAI tells. */
final class Settings {
    private final ObjectNode session = Json.object();

    Settings(String id) {
        session.put("type", "realtime").put("object", "realtime.session").put("id", id);
        session.put("model", "gpt-realtime-2.1").putArray("output_modalities").add("audio");
        session.put("instructions", "").putArray("tools");
        session.put("tool_choice", "auto").put("max_output_tokens", "inf").putNull("tracing");
        session.put("truncation", "auto").putNull("prompt").put("expires_at", 1_900_000_000L);
        ObjectNode audio = session.putObject("audio");
        ObjectNode input = audio.putObject("input");
        input.putObject("format").put("type", "audio/pcm").put("rate", 24_000);
        input.putNull("transcription").putNull("noise_reduction");
        input.putObject("turn_detection")
                .put("type", "server_vad")
                .put("threshold", 0.5)
                .put("prefix_padding_ms", 300)
                .put("silence_duration_ms", 500)
                .putNull("idle_timeout_ms")
                .put("create_response", true)
                .put("interrupt_response", true);
        ObjectNode output = audio.putObject("output");
        output.putObject("format").put("type", "audio/pcm").put("rate", 24_000);
        output.put("voice", "marin").put("speed", 1.0);
        session.putNull("include");
    }

    /** The configuration put into an event. */
    ObjectNode told(ObjectNode event) {
        event.set("session", session.deepCopy());
        return event;
    }

    /** The first field that no session has. */
    Optional<String> unknown(JsonNode update) {
        return update.propertyNames().stream()
                .filter(name -> !session.has(name)
                        && !Stream.of("parallel_tool_calls", "reasoning")
                                .toList()
                                .contains(name))
                .findFirst();
    }

    void merge(JsonNode update) {
        merge(session, update);
    }

    private static void merge(ObjectNode into, JsonNode update) {
        for (String name : update.propertyNames()) {
            JsonNode value = update.path(name);
            if (value.isObject() && into.path(name) instanceof ObjectNode inner) {
                merge(inner, value);
            } else {
                into.set(name, value);
            }
        }
    }

    JsonNode turnDetection() {
        return session.path("audio").path("input").path("turn_detection");
    }

    JsonNode transcription() {
        return session.path("audio").path("input").path("transcription");
    }

    JsonNode output() {
        return session.path("audio").path("output");
    }

    JsonNode outputModalities() {
        return session.path("output_modalities");
    }

    /** The functions that have a word of the question in their names. */
    List<JsonNode> functionsFor(String question) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode tool : session.path("tools")) {
            String[] words =
                    tool.path("name").asString("").toLowerCase(Locale.ROOT).split("_");
            if (Stream.of(words).anyMatch(word -> word.length() > 2 && question.contains(word))) {
                found.add(tool);
            }
        }
        return found;
    }
}
