package dev.parley.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The sequences of the OpenAI Realtime API, as it sends them. */
class EventOrderTest {
    private static final List<String> SPOKEN = List.of(
            "response.created",
            "response.output_item.added",
            "conversation.item.added",
            "response.content_part.added",
            "response.output_audio_transcript.delta",
            "response.output_audio.delta",
            "response.output_audio.done",
            "response.output_audio_transcript.done",
            "response.content_part.done",
            "conversation.item.done",
            "response.output_item.done",
            "response.done",
            "rate_limits.updated");

    @Test
    void aTextTurnIsAnsweredInSpeech() {
        Rig rig = Rig.started();
        rig.text("Hello").respond().advance(5_000);

        assertThat(rig.types().subList(0, 2)).containsExactly("conversation.item.added", "conversation.item.done");
        assertThat(rig.events.getFirst().path("type").asString()).isEqualTo("session.created");
        rig.read = 3;
        assertThat(rig.types()).isEqualTo(SPOKEN);
        JsonNode user = rig.all("conversation.item.added").getFirst();
        JsonNode assistant = rig.last("conversation.item.added");
        assertThat(user.path("previous_item_id").isNull()).isTrue();
        assertThat(assistant.path("previous_item_id"))
                .isEqualTo(user.path("item").path("id"));
        assertThat(assistant.path("item").path("content").isEmpty()).isTrue();
        assertThat(rig.last("response.content_part.added").path("part").toString())
                .isEqualTo("{\"type\":\"audio\",\"transcript\":\"\"}");
        JsonNode response = rig.last("response.done").path("response");
        assertThat(response.path("status").asString()).isEqualTo("completed");
        assertThat(response.path("output").path(0).path("content").toString())
                .isEqualTo("[{\"type\":\"output_audio\",\"transcript\":\"It is noon.\"}]");
        assertThat(rig.all("response.output_audio_transcript.delta").stream()
                        .map(e -> e.path("delta").asString()))
                .containsExactly("It", " is", " noon.");
        assertThat(rig.audioMs()).isEqualTo(11 * FakeParts.MS_PER_CHARACTER);
    }

    @Test
    void aResponseHasTheFieldsThatOpenAiSends() {
        Rig rig = Rig.started();
        rig.text("Hello").respond().advance(5_000);

        JsonNode created = rig.last("response.created").path("response");
        List<String> fields = List.of(
                "object",
                "id",
                "status",
                "status_details",
                "output",
                "conversation_id",
                "output_modalities",
                "max_output_tokens",
                "audio",
                "usage",
                "metadata");
        assertThat(created.propertyNames()).containsExactlyElementsOf(fields);
        assertThat(created.path("usage").isNull()).isTrue();
        assertThat(created.path("audio").toString())
                .isEqualTo("{\"output\":{\"format\":{\"type\":\"audio/pcm\",\"rate\":24000},\"voice\":\"alloy\"}}");
        JsonNode done = rig.last("response.done").path("response");
        assertThat(done.propertyNames()).containsExactlyElementsOf(fields);
        assertThat(done.path("usage").toString())
                .isEqualTo("{\"total_tokens\":19,\"input_tokens\":2,\"output_tokens\":17,"
                        + "\"input_token_details\":{\"text_tokens\":2,\"audio_tokens\":0,\"image_tokens\":0,"
                        + "\"cached_tokens\":0,\"cached_tokens_details\":{\"text_tokens\":0,\"audio_tokens\":0,"
                        + "\"image_tokens\":0}},\"output_token_details\":{\"text_tokens\":3,\"audio_tokens\":14}}");
        for (JsonNode event : rig.events) {
            assertThat(event.path("event_id").asString()).startsWith("event_");
        }
    }

    @Test
    void aTextTurnIsAnsweredInText() {
        Rig rig = Rig.with("'output_modalities':['text']");
        rig.text("Hello").respond();

        assertThat(rig.types())
                .containsExactly(
                        "conversation.item.added",
                        "conversation.item.done",
                        "response.created",
                        "response.output_item.added",
                        "conversation.item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "conversation.item.done",
                        "response.output_item.done",
                        "response.done",
                        "rate_limits.updated");
        assertThat(rig.last("response.done")
                        .path("response")
                        .path("output")
                        .path(0)
                        .path("content")
                        .toString())
                .isEqualTo("[{\"type\":\"output_text\",\"text\":\"It is noon.\"}]");
    }

    @Test
    void aFunctionIsCalledAndItsResultAnswered() {
        Rig rig = Rig.with("'output_modalities':['text'],'tools':[{'type':'function','name':'get_time'}]");
        rig.fakes.mind = (request, sink) -> sink.call("get_time", "{}");
        rig.text("time").respond();

        assertThat(rig.types().subList(2, 11))
                .containsExactly(
                        "response.created",
                        "response.output_item.added",
                        "conversation.item.added",
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.done",
                        "conversation.item.done",
                        "response.output_item.done",
                        "response.done",
                        "rate_limits.updated");
        JsonNode done = rig.last("response.function_call_arguments.done");
        assertThat(done.path("name").asString()).isEqualTo("get_time");
        assertThat(done.has("content_index")).isFalse();
        String callId = done.path("call_id").asString();
        assertThat(callId).startsWith("call_").hasSizeLessThanOrEqualTo(32);

        rig.fakes.mind = (request, sink) -> sink.text(request.turns().getLast().toString());
        rig.send("{'type':'conversation.item.create','item':{'type':'function_call_output','call_id':'" + callId
                + "','output':'noon'}}");
        assertThat(rig.types()).containsExactly("conversation.item.added", "conversation.item.done");
        assertThat(rig.last("conversation.item.done").path("item").has("status"))
                .isFalse();
        rig.respond();
        assertThat(rig.last("response.output_text.done").path("text").asString())
                .isEqualTo("Result[callId=" + callId + ", output=noon]");
    }

    @Test
    void aSpokenTurnIsFoundAnsweredAndTranscribed() {
        Rig rig = Rig.with("'audio':{'input':{'transcription':{'model':'any'}}}");
        rig.audio(1_000, false).audio(1_000, true).audio(600, false).advance(5_000);

        List<String> types = rig.types();
        assertThat(types.subList(0, 6))
                .containsExactly(
                        "input_audio_buffer.speech_started",
                        "input_audio_buffer.speech_stopped",
                        "input_audio_buffer.committed",
                        "conversation.item.added",
                        "conversation.item.done",
                        "response.created");
        assertThat(types)
                .containsSubsequence(
                        "conversation.item.input_audio_transcription.delta",
                        "conversation.item.input_audio_transcription.completed",
                        "response.done");
        types.removeIf(type -> type.contains("input_audio"));
        assertThat(types.subList(2, types.size())).isEqualTo(SPOKEN);

        JsonNode started = rig.last("input_audio_buffer.speech_started");
        JsonNode stopped = rig.last("input_audio_buffer.speech_stopped");
        assertThat(started.path("audio_start_ms").asInt()).isEqualTo(700);
        assertThat(stopped.path("audio_end_ms").asInt()).isBetween(2_480, 2_540);
        assertThat(stopped.path("item_id")).isEqualTo(started.path("item_id"));
        JsonNode item = rig.all("conversation.item.added").getFirst().path("item");
        assertThat(item.toString())
                .isEqualTo("{\"id\":" + started.path("item_id")
                        + ",\"type\":\"message\",\"status\":\"completed\",\"role\":\"user\","
                        + "\"content\":[{\"type\":\"input_audio\",\"transcript\":null}]}");
        JsonNode completed = rig.last("conversation.item.input_audio_transcription.completed");
        assertThat(completed.path("transcript").asString()).isEqualTo("what time is it");
        assertThat(completed.path("usage").toString()).isEqualTo("{\"type\":\"duration\",\"seconds\":2}");
    }

    @Test
    void aTurnThatWasNotUnderstoodFailsToTranscribeAndIsAnswered() {
        Rig rig = Rig.with("'audio':{'input':{'transcription':{'model':'any'}}}");
        rig.fakes.heard = new dev.parley.local.speech.Transcript("a wrong guess", false);
        rig.fakes.mind = (request, sink) -> sink.text(request.turns().getLast().toString());
        rig.audio(200, false).audio(1_000, true).audio(600, false).advance(9_000);

        JsonNode failed = rig.last("conversation.item.input_audio_transcription.failed");
        assertThat(failed.path("error").values()).allMatch(JsonNode::isString);
        assertThat(rig.last("response.output_audio_transcript.done")
                        .path("transcript")
                        .asString())
                .isEqualTo("User[text=, understood=false]");
    }

    @Test
    void aManualTurnIsCommittedAndAnsweredOnRequest() {
        Rig rig = Rig.with("'audio':{'input':{'turn_detection':null}}");
        rig.audio(500, true);
        assertThat(rig.types()).isEmpty();
        rig.send("{'type':'input_audio_buffer.commit'}").advance(3_000);
        assertThat(rig.types())
                .containsExactly("input_audio_buffer.committed", "conversation.item.added", "conversation.item.done");
        rig.respond().advance(3_000);
        assertThat(rig.types()).isEqualTo(SPOKEN);
        assertThat(rig.fakes.samplesHeard).isEqualTo(500 * 16);
    }

    @Test
    void theSessionIsShownAsOpenAiShowsIt() {
        Rig rig = Rig.started();
        JsonNode session = rig.events.getFirst().path("session");
        assertThat(session.propertyNames())
                .containsExactly(
                        "type",
                        "object",
                        "id",
                        "model",
                        "output_modalities",
                        "instructions",
                        "tools",
                        "tool_choice",
                        "max_output_tokens",
                        "tracing",
                        "truncation",
                        "prompt",
                        "expires_at",
                        "audio",
                        "include");
        assertThat(session.path("audio")).isEqualTo(Json.mapper().readTree("""
                        {"input":{"format":{"type":"audio/pcm","rate":24000},"transcription":null,
                         "noise_reduction":null,"turn_detection":{"type":"server_vad","threshold":0.5,
                         "prefix_padding_ms":300,"silence_duration_ms":500,"idle_timeout_ms":null,
                         "create_response":true,"interrupt_response":true}},
                         "output":{"format":{"type":"audio/pcm","rate":24000},"voice":"alloy","speed":1.0}}
                        """));
    }
}
