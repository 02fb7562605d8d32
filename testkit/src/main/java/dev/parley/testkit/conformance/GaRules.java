package dev.parley.testkit.conformance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What OpenAI Realtime GA requires of a server's event: its type, and the fields that it has to have. */
final class GaRules {
    private static final Map<String, List<String>> REQUIRED = new HashMap<>();
    private static final Set<String> CONTENT =
            Set.of("input_text", "input_audio", "input_image", "output_text", "output_audio");
    /** Fields of sessions and responses before GA. */
    private static final List<String> FLAT = List.of(
            "modalities",
            "voice",
            "turn_detection",
            "input_audio_format",
            "output_audio_format",
            "input_audio_transcription",
            "max_response_output_tokens",
            "temperature");

    static {
        require("error", "error.type", "error.message");
        for (String type : List.of("session.created", "session.updated")) {
            require(type, "session.type");
        }
        require("conversation.created", "conversation.id");
        for (String name : List.of("added", "done", "retrieved")) {
            require("conversation.item." + name, "item.id", "item.type");
        }
        require("conversation.item.deleted", "item_id");
        require("conversation.item.truncated", "item_id", "content_index", "audio_end_ms");
        String transcription = "conversation.item.input_audio_transcription.";
        require(transcription + "delta", "item_id");
        require(transcription + "completed", "item_id", "content_index", "transcript", "usage.type");
        require(transcription + "failed", "item_id", "content_index", "error");
        require("input_audio_buffer.committed", "item_id");
        require("input_audio_buffer.cleared");
        require("input_audio_buffer.speech_started", "item_id", "audio_start_ms");
        require("input_audio_buffer.speech_stopped", "item_id", "audio_end_ms");
        require("response.created", "response.id", "response.status");
        require("response.done", "response.id", "response.status", "response.usage.total_tokens");
        require("response.output_item.added", "response_id", "output_index", "item.id", "item.type");
        require("response.output_item.done", "response_id", "output_index", "item.id", "item.type");
        for (String end : List.of("added", "done")) {
            require("response.content_part." + end, place("part.type"));
        }
        for (String kind : List.of("output_text", "output_audio", "output_audio_transcript")) {
            require("response." + kind + ".delta", place("delta"));
        }
        require("response.output_text.done", place("text"));
        require("response.output_audio.done", place("content_index"));
        require("response.output_audio_transcript.done", place("transcript"));
        require("response.function_call_arguments.delta", "response_id", "item_id", "output_index", "call_id", "delta");
        require(
                "response.function_call_arguments.done",
                "response_id",
                "item_id",
                "output_index",
                "call_id",
                "name",
                "arguments");
        require("rate_limits.updated", "rate_limits");
    }

    private GaRules() {}

    private static void require(String type, String... fields) {
        REQUIRED.put(type, List.of(fields));
    }

    private static String[] place(String field) {
        return new String[] {"response_id", "item_id", "output_index", "content_index", field};
    }

    /** Whether a type is one of those that have rules. */
    static boolean knows(String type) {
        return REQUIRED.containsKey(type);
    }

    /** What is not GA's in a server's event of a known type; empty: nothing. */
    static Optional<Difference> fault(ObjectNode event, String where) {
        String type = event.path("type").asString("");
        return Stream.of(required(event, type), session(event.path("session")), contents(event), response(event))
                .flatMap(Optional::stream)
                .findFirst()
                .map(fault -> new Difference(where, type, fault.path(), fault.what()));
    }

    private record Fault(String path, String what) {}

    private static Optional<Fault> required(ObjectNode event, String type) {
        if (!event.path("event_id").isString()) {
            return Optional.of(new Fault("event_id", "is missing"));
        }
        return REQUIRED.getOrDefault(type, List.of()).stream()
                .filter(field -> {
                    JsonNode value = event.at("/" + field.replace('.', '/'));
                    return value.isMissingNode() || value.isNull();
                })
                .findFirst()
                .map(field -> new Fault(field, "is missing"));
    }

    private static Optional<Fault> session(JsonNode session) {
        for (String old : FLAT) {
            if (session.has(old)) {
                return Optional.of(new Fault("session." + old, "is no field of GA"));
            }
        }
        if (session.path("output_modalities").size() > 1) {
            return Optional.of(new Fault("session.output_modalities", "has more than one"));
        }
        for (JsonNode tool : session.path("tools")) {
            if (tool.has("function")) {
                return Optional.of(new Fault("session.tools", "are not flat"));
            }
        }
        for (String way : List.of("input", "output")) {
            JsonNode format = session.path("audio").path(way).path("format");
            if (!format.isMissingNode() && !format.path("type").isString()) {
                return Optional.of(new Fault("session.audio." + way + ".format", "has no type"));
            }
        }
        return Optional.empty();
    }

    private static Optional<Fault> response(ObjectNode event) {
        JsonNode response = event.path("response");
        if (response.path("status_details").isString()) {
            return Optional.of(new Fault("response.status_details", "is a string"));
        }
        return response.has("modalities")
                ? Optional.of(new Fault("response.modalities", "is no field of GA"))
                : Optional.empty();
    }

    private static Optional<Fault> contents(ObjectNode event) {
        String part = event.path("part").path("type").asString("");
        if (event.has("part") && !part.equals("text") && !part.equals("audio")) {
            return Optional.of(new Fault("part.type", "is neither 'text' nor 'audio'"));
        }
        Optional<Fault> fault = item(event.path("item"), "item");
        JsonNode output = event.path("response").path("output");
        for (int i = 0; i < output.size() && fault.isEmpty(); i++) {
            fault = item(output.path(i), "response.output[" + i + "]");
        }
        return fault;
    }

    private static Optional<Fault> item(JsonNode item, String path) {
        JsonNode content = item.path("content");
        for (int i = 0; i < content.size(); i++) {
            if (!CONTENT.contains(content.path(i).path("type").asString(""))) {
                return Optional.of(new Fault(path + ".content[" + i + "].type", "is no type of GA"));
            }
        }
        return item.has("role") && !item.path("type").asString("").equals("message")
                ? Optional.of(new Fault(path + ".type", "is not 'message', although it has a role"))
                : Optional.empty();
    }
}
