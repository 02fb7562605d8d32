package dev.parley.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.event.ServerEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What OpenAI Realtime GA requires of a server's event: its type, and the fields that it has to have. */
final class GaRules {
    private static final Map<String, List<String>> REQUIRED = new HashMap<>();
    private static final Set<String> CONTENT =
            Set.of("input_text", "input_audio", "input_image", "output_text", "output_audio");

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

    /** Fails if a server's event is not GA's. */
    static void check(ObjectNode event) {
        String type = event.path("type").asString("");
        assertThat(REQUIRED).as("types of GA").containsKey(type);
        assertThat(ServerEvent.decode(event)).isNotInstanceOf(ServerEvent.Unknown.class);
        assertThat(event.path("event_id").isString()).as("event_id of " + type).isTrue();
        for (String field : REQUIRED.getOrDefault(type, List.of())) {
            JsonNode value = event.at("/" + field.replace('.', '/'));
            assertThat(value.isMissingNode() || value.isNull())
                    .as(field + " missing in " + event)
                    .isFalse();
        }
        session(event.path("session"));
        item(event.path("item"));
        JsonNode response = event.path("response");
        assertThat(response.path("status_details").isString())
                .as("status_details")
                .isFalse();
        assertThat(response.has("modalities")).as("modalities of " + response).isFalse();
        response.path("output").forEach(GaRules::item);
        if (event.has("part")) {
            assertThat(event.path("part").path("type").asString()).isIn("text", "audio");
        }
    }

    private static void session(JsonNode session) {
        for (String old : List.of(
                "modalities",
                "voice",
                "turn_detection",
                "input_audio_format",
                "output_audio_format",
                "input_audio_transcription",
                "max_response_output_tokens",
                "temperature")) {
            assertThat(session.has(old)).as(old + " in " + session).isFalse();
        }
        assertThat(session.path("output_modalities").size()).isLessThan(2);
        session.path("tools")
                .forEach(tool ->
                        assertThat(tool.has("function")).as("nested tool").isFalse());
        for (String way : List.of("input", "output")) {
            JsonNode format = session.path("audio").path(way).path("format");
            assertThat(format.isMissingNode() || format.path("type").isString())
                    .as("format in " + session)
                    .isTrue();
        }
    }

    private static void item(JsonNode item) {
        for (JsonNode part : item.path("content")) {
            assertThat(part.path("type").asString("")).as("content of " + item).isIn(CONTENT);
        }
        if (item.has("role")) {
            assertThat(item.path("type").asString()).isEqualTo("message");
        }
    }
}
