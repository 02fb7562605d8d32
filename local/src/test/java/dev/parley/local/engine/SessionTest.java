package dev.parley.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.RealtimeException;
import dev.parley.RealtimeSessionConfig;
import dev.parley.TurnDetection;
import dev.parley.local.LocalProvider;
import dev.parley.local.input.InputAudio;
import dev.parley.local.mind.Responder;
import dev.parley.local.mind.ToolChoice;
import dev.parley.protocol.Json;
import dev.parley.provider.Start;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a session does besides its usual turns. */
class SessionTest {
    private static ObjectNode item(String json) {
        return Json.parse(json.replace('\'', '"').getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void theConfigurationOfTheHostIsApplied() {
        Rig rig = Rig.started(
                RealtimeSessionConfig.builder()
                        .instructions("Be brief.")
                        .voice("marin")
                        .turnDetection(TurnDetection.OFF)
                        .build(),
                Start.FRESH);
        assertThat(rig.types()).containsExactly("session.created", "session.updated");
        JsonNode session = rig.last("session.updated").path("session");
        assertThat(session.path("instructions").asString()).isEqualTo("Be brief.");
        assertThat(session.path("audio").path("input").path("turn_detection").isNull())
                .isTrue();
        assertThat(session.path("model").asString()).isEqualTo("any");
        assertThat(rig.batches).isEqualTo(2);
    }

    @Test
    void aConfigurationThatCannotBeIsAnError() {
        Rig rig = Rig.started(RealtimeSessionConfig.builder().voice("nobody").build(), Start.FRESH);
        assertThat(rig.types()).containsExactly("session.created", "error");
    }

    @Test
    void aCallCannotBeJoined() {
        Rig rig = new Rig();
        try (LocalProvider provider = new LocalProvider(1, progress -> rig.fakes.parts())) {
            assertThat(provider.calls()).isEmpty();
            assertThatThrownBy(
                            () -> provider.connect(RealtimeSessionConfig.EMPTY, new Start.Join("rtc_1"), rig.lane, rig))
                    .isInstanceOf(RealtimeException.InvalidConfig.class)
                    .hasMessageContaining("no calls");
        }
    }

    @Test
    void aSeedIsTheConversation() {
        Rig rig = Rig.started(
                RealtimeSessionConfig.EMPTY,
                new Start.Seed(List.of(
                        item("{'type':'message','role':'user','content':[{'type':'input_audio','transcript':'one'}]}"),
                        item("{'type':'message','role':'assistant','content':[{'type':'output_text','text':'two'}]}"),
                        item("{'type':'function_call','call_id':'c','name':'f','arguments':'{}'}"),
                        item("{'type':'function_call_output','call_id':'c','output':'three'}"))));
        assertThat(rig.all("error")).isEmpty();
        List<Responder.Request> asked = new ArrayList<>();
        rig.fakes.mind = (request, sink) -> asked.add(request);
        rig.respond();
        assertThat(asked.getFirst().turns().toString())
                .isEqualTo("[User[text=one, understood=true], Assistant[text=two],"
                        + " Call[callId=c, name=f, arguments={}], Result[callId=c, output=three]]");
    }

    @Test
    void aResponseTakesItsOverrides() {
        Rig rig = Rig.with("'instructions':'session','tools':[{'type':'function','name':'a','description':'d',"
                + "'parameters':{'type':'object'}}]");
        List<Responder.Request> asked = new ArrayList<>();
        rig.fakes.mind = (request, sink) -> asked.add(request);
        rig.respond();
        rig.send("{'type':'response.create','response':{'instructions':'own','tool_choice':'none',"
                + "'max_output_tokens':7,'output_modalities':['text'],'metadata':{'k':'v'}}}");
        assertThat(asked.get(0).instructions()).isEqualTo("session");
        assertThat(asked.get(0).tools()).hasSize(1);
        assertThat(asked.get(0).maxTokens()).isEqualTo(Integer.MAX_VALUE);
        assertThat(asked.get(1).instructions()).isEqualTo("own");
        assertThat(asked.get(1).toolChoice()).isEqualTo(ToolChoice.NONE);
        assertThat(asked.get(1).maxTokens()).isEqualTo(7);
        assertThat(rig.last("response.done").path("response").path("metadata").toString())
                .isEqualTo("{\"k\":\"v\"}");
    }

    @Test
    void aResponseOutsideTheConversationLeavesItAlone() {
        Rig rig = Rig.started();
        rig.fakes.mind = (request, sink) -> sink.text(request.turns().toString());
        rig.text("inside");
        rig.types();
        rig.send("{'type':'response.create','response':{'conversation':'none','output_modalities':['text'],"
                + "'metadata':{'topic':'x'},'input':[{'type':'message','role':'user','content':"
                + "[{'type':'input_text','text':'outside'}]}]}}");
        assertThat(rig.types())
                .containsExactly(
                        "response.created",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.done",
                        "rate_limits.updated");
        JsonNode response = rig.last("response.done").path("response");
        assertThat(response.path("conversation_id").isNull()).isTrue();
        assertThat(response.path("metadata").path("topic").asString()).isEqualTo("x");
        assertThat(rig.last("response.output_text.done").path("text").asString())
                .contains("outside")
                .doesNotContain("inside");
        rig.send("{'type':'response.create','response':{'output_modalities':['text']}}");
        assertThat(rig.last("response.output_text.done").path("text").asString())
                .contains("inside")
                .doesNotContain("outside");
    }

    @Test
    void aResponseEndsAtItsLimit() {
        Rig rig = Rig.started();
        rig.fakes.mind = (request, sink) -> sink.text("one two three four five six seven eight nine ten");
        rig.send("{'type':'response.create','response':{'max_output_tokens':20}}")
                .advance(9_000);
        JsonNode response = rig.last("response.done").path("response");
        assertThat(response.path("status").asString()).isEqualTo("incomplete");
        assertThat(response.path("status_details").path("reason").asString()).isEqualTo("max_output_tokens");
        assertThat(response.path("usage").path("output_tokens").asInt()).isBetween(20, 23);
        assertThat(response.path("output").path(0).path("status").asString()).isEqualTo("incomplete");
    }

    @Test
    void speechAndCallsComeInTheOrderInWhichTheyWereSaid() {
        Rig rig = Rig.started();
        rig.fakes.mind = (request, sink) -> {
            sink.text("One moment.");
            sink.call("a", "{}");
            sink.call("b", "{\"x\":1}");
            sink.text("And so on.");
        };
        rig.respond().advance(9_000);
        JsonNode output = rig.last("response.done").path("response").path("output");
        assertThat(output.values().stream().map(i -> i.path("type").asString()))
                .containsExactly("message", "function_call", "function_call", "message");
        assertThat(rig.all("response.output_item.added").stream()
                        .map(e -> e.path("output_index").asInt()))
                .containsExactly(0, 1, 2, 3);
        assertThat(rig.last("response.done").path("response").path("status").asString())
                .isEqualTo("completed");
    }

    @Test
    void itemsArePlacedRetrievedAndDeleted() {
        Rig rig = Rig.started();
        rig.text("two").text("three");
        String two = rig.all("conversation.item.added")
                .getFirst()
                .path("item")
                .path("id")
                .asString();
        rig.send("{'type':'conversation.item.create','previous_item_id':'root','item':{'id':'one','type':'message',"
                + "'role':'system','content':[{'type':'input_text','text':'one'}]}}");
        assertThat(rig.last("conversation.item.added").path("previous_item_id").isNull())
                .isTrue();
        rig.send("{'type':'conversation.item.create','previous_item_id':'" + two + "','item':{'type':'message',"
                + "'role':'user','content':[{'type':'input_text','text':'two and a half'}]}}");
        assertThat(rig.last("conversation.item.done").path("previous_item_id").asString())
                .isEqualTo(two);
        rig.types();
        rig.send("{'type':'conversation.item.retrieve','item_id':'one'}");
        rig.send("{'type':'conversation.item.delete','item_id':'" + two + "'}");
        assertThat(rig.types()).containsExactly("conversation.item.retrieved", "conversation.item.deleted");
        List<Responder.Request> asked = new ArrayList<>();
        rig.fakes.mind = (request, sink) -> asked.add(request);
        rig.respond();
        assertThat(asked.getFirst().turns().toString())
                .isEqualTo("[Note[text=one], User[text=two and a half, understood=true],"
                        + " User[text=three, understood=true]]");
    }

    @Test
    void spokenItemsOfTheClientAreRecognised() {
        Rig rig = Rig.started();
        String audio = Base64.getEncoder().encodeToString(new byte[48 * 400]);
        List<Responder.Request> asked = new ArrayList<>();
        rig.fakes.mind = (request, sink) -> asked.add(request);
        rig.send("{'type':'conversation.item.create','item':{'type':'message','role':'user','content':"
                + "[{'type':'input_audio','audio':'" + audio + "'}]}}");
        assertThat(rig.last("conversation.item.added")
                        .path("item")
                        .path("content")
                        .toString())
                .isEqualTo("[{\"type\":\"input_audio\",\"transcript\":null}]");
        rig.respond();
        assertThat(asked.getFirst().turns().toString()).contains("what time is it");
    }

    @Test
    void theUsersSpeechCanBeRetrieved() {
        Rig rig = Rig.with("'audio':{'input':{'turn_detection':null}}");
        rig.audio(210, true).send("{'type':'input_audio_buffer.commit'}");
        String item = rig.last("input_audio_buffer.committed").path("item_id").asString();
        rig.send("{'type':'conversation.item.retrieve','item_id':'" + item + "'}");
        JsonNode part = rig.last("conversation.item.retrieved")
                .path("item")
                .path("content")
                .path(0);
        assertThat(Base64.getDecoder().decode(part.path("audio").asString())).hasSize(210 * 48);
        assertThat(part.path("transcript").asString()).isEqualTo("what time is it");
    }

    @Test
    void aClearedBufferIsForgotten() {
        Rig rig = Rig.started();
        rig.audio(400, true).send("{'type':'input_audio_buffer.clear'}").audio(1_000, false);
        assertThat(rig.types()).containsExactly("input_audio_buffer.speech_started", "input_audio_buffer.cleared");
        assertThat(rig.fakes.cancelledUtterances).isEqualTo(1);
        rig.send("{'type':'input_audio_buffer.clear'}{'type':'input_audio_buffer.commit'}");
    }

    @Test
    void aTurnMayBeCommittedBeforeItsEnd() {
        Rig rig = Rig.with("'audio':{'input':{'turn_detection':{'type':'server_vad','create_response':false}}}");
        rig.audio(400, true).send("{'type':'input_audio_buffer.commit'}");
        assertThat(rig.last("input_audio_buffer.committed").path("item_id"))
                .isEqualTo(rig.last("input_audio_buffer.speech_started").path("item_id"));
        rig.audio(1_000, false);
        assertThat(rig.all("input_audio_buffer.speech_stopped")).isEmpty();
        assertThat(rig.all("response.created")).isEmpty();
    }

    @Test
    void settingsOfTheDetectorCount() {
        Rig rig = Rig.with("'audio':{'input':{'turn_detection':{'type':'server_vad','prefix_padding_ms':100,"
                + "'silence_duration_ms':200,'threshold':0.95}}}");
        rig.audio(400, false).audio(400, true).audio(400, false);
        assertThat(rig.types()).isEmpty();
        rig.send("{'type':'session.update','session':{'type':'realtime','audio':{'input':{'turn_detection':"
                + "{'type':'server_vad','threshold':0.5}}}}}");
        rig.audio(400, false).audio(400, true).audio(400, false);
        assertThat(rig.last("input_audio_buffer.speech_started")
                        .path("audio_start_ms")
                        .asInt())
                .isEqualTo(1_500);
        assertThat(rig.last("input_audio_buffer.speech_stopped")
                        .path("audio_end_ms")
                        .asInt())
                .isBetween(2_180, 2_220);
    }

    @Test
    void anIdleSessionKeepsNoLongSilence() {
        Rig rig = Rig.started();
        rig.write(200_000, false);
        rig.send("{'type':'input_audio_buffer.commit'}");
        String item = rig.last("input_audio_buffer.committed").path("item_id").asString();
        rig.send("{'type':'conversation.item.retrieve','item_id':'" + item + "'}");
        assertThat(rig.last("conversation.item.retrieved").toString().length()).isLessThan(6_000 * 48 * 4 / 3);
    }

    @Test
    void aTurnIsRecognisedWhileItsEndIsAwaited() {
        Rig rig = Rig.with("'audio':{'input':{'transcription':{'model':'any'}}}");
        rig.fakes.decidesAtEnd = true;
        rig.audio(600, true).audio(320, false);
        assertThat(rig.fakes.finishedUtterances).isEqualTo(1);
        assertThat(rig.types()).containsExactly("input_audio_buffer.speech_started");
        // It was a pause only.
        rig.audio(200, true).audio(320, false);
        assertThat(rig.fakes.finishedUtterances).isEqualTo(2);
        rig.fakes.heard = new dev.parley.local.speech.Transcript("not asked again", true);
        rig.audio(400, false);
        assertThat(rig.fakes.finishedUtterances).isEqualTo(2);
        assertThat(rig.all("conversation.item.input_audio_transcription.completed"))
                .hasSize(1);
        assertThat(rig.last("conversation.item.input_audio_transcription.completed")
                        .path("transcript")
                        .asString())
                .isEqualTo("what time is it");
        assertThat(rig.all("response.created")).hasSize(1);
    }

    @Test
    void muchAudioAtOnceDoesNotHoldTheLane() {
        Rig rig = Rig.started();
        byte[] pcm = new byte[60_000 * InputAudio.BYTES_PER_MS];
        rig.leg.send(new dev.parley.protocol.EventScanner()
                .scan(dev.parley.protocol.Bytes.utf8("{\"type\":\"input_audio_buffer.append\",\"audio\":\""
                        + Base64.getEncoder().encodeToString(pcm) + "\"}")));
        rig.lane.step();
        assertThat(rig.waiting()).isEqualTo(1);
        rig.settle();
        assertThat(rig.waiting()).isZero();
        rig.audio(400, true);
        assertThat(rig.last("input_audio_buffer.speech_started")
                        .path("audio_start_ms")
                        .asInt())
                .isEqualTo(60_000 - 300);
    }

    @Test
    void aTurnWithoutAnEndIsEnded() {
        Rig rig = Rig.started();
        for (int i = 0; i < 31; i++) {
            rig.write(10_000, true);
        }
        assertThat(rig.all("input_audio_buffer.speech_stopped")).hasSize(1);
        assertThat(rig.last("input_audio_buffer.speech_stopped")
                        .path("audio_end_ms")
                        .asInt())
                .isBetween(InputAudio.MOST_MS, InputAudio.MOST_MS + 100);
        assertThat(rig.all("error")).isEmpty();
    }

    @Test
    void aSessionThatIsPausedBeforeItOpensStaysPaused() {
        Rig rig = new Rig();
        rig.leg.reading(false);
        rig.leg.open(rig.fakes.parts(), rig.workers, RealtimeSessionConfig.EMPTY, "any", Start.FRESH);
        rig.settle();
        rig.respond().advance(3_000);
        assertThat(rig.all("response.output_audio.delta")).isEmpty();
        rig.leg.reading(true);
        rig.advance(3_000);
        assertThat(rig.all("response.done")).hasSize(1);
    }

    @Test
    void anEndlessMindIsStopped() {
        Rig rig = Rig.with("'output_modalities':['text']");
        rig.fakes.mind = (request, sink) -> {
            for (int i = 0; i < 1_000 && sink.text("word ".repeat(100)); i++) {}
        };
        rig.respond();
        JsonNode response = rig.last("response.done").path("response");
        assertThat(response.path("output")
                        .path(0)
                        .path("content")
                        .path(0)
                        .path("text")
                        .asString()
                        .length())
                .isBetween(60_000, 64_000);
    }
}
