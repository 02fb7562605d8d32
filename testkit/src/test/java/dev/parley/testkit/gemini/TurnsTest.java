package dev.parley.testkit.gemini;

import static dev.parley.testkit.gemini.GeminiRig.LIVE_31;
import static dev.parley.testkit.gemini.GeminiRig.LIVE_38;
import static dev.parley.testkit.gemini.GeminiRig.NATIVE_25;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Json;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns of the conversation, as Gemini tells of them: with all the ways in which it does that badly. */
class TurnsTest {
    private static final byte[] WORD = new byte[960];

    private GeminiRig rig = GeminiRig.ready(NATIVE_25);

    @AfterEach
    void everyEventWasInOrder() {
        rig.advance(10_000).line().sent();
        assertThat(rig.order.faults()).isEmpty();
    }

    private static ModelMessage says(String words) {
        return new ModelMessage().transcript(words).audio(WORD);
    }

    @Test
    void setupGoesOutOnceWithAllThatWasSaidBefore() {
        rig = GeminiRig.opened(NATIVE_25);
        rig.client("{'type':'session.update','session':{'type':'realtime','instructions':'Be brief.'}}");
        rig.client("{'type':'session.update','session':{'type':'realtime','audio':{'output':{'voice':'Puck'}}}}");
        rig.text("One").respond();
        assertThat(rig.line().sent()).hasSize(1);
        JsonNode setup = rig.line().sent("setup").getFirst();
        assertThat(setup.at("/systemInstruction/parts/0/text").asString()).isEqualTo("Be brief.");
        assertThat(setup.at("/generationConfig/speechConfig/voiceConfig/prebuiltVoiceConfig/voiceName")
                        .asString())
                .isEqualTo("Puck");
        rig.line().raw("{\"setupComplete\":{}}");
        assertThat(rig.line().sent("clientContent")).hasSize(1);
        assertThat(rig.all("session.updated")).hasSize(2);
    }

    @Test
    void noInstructionsAreSentButTheUsersOwn() {
        assertThat(rig.line().sent("setup").getFirst().has("systemInstruction")).isFalse();
    }

    @Test
    void whatComesBeforeSetupCompleteGoesOutInItsOrder() {
        rig = GeminiRig.opened(NATIVE_25);
        rig.text("First").respond().audio(100).audio(100);
        assertThat(rig.line().sent()).hasSize(1);
        rig.line().raw("{\"setupComplete\":{}}");
        rig.advance(50);
        List<ObjectNode> sent = rig.line().sent();
        assertThat(sent.get(1).has("clientContent")).isTrue();
        assertThat(sent.subList(2, sent.size()))
                .isNotEmpty()
                .allMatch(message -> message.path("realtimeInput").has("audio"));
    }

    @Test
    void aFrameThatHoldsAWholeAnswerIsAWholeAnswer() {
        rig.text("Hi").respond();
        rig.line().tell(says("Yes.").generationComplete().turnComplete().usage(10, 1, 2));
        assertThat(rig.done().path("status").asString()).isEqualTo("completed");
        assertThat(rig.done().at("/output/0/content/0/transcript").asString()).isEqualTo("Yes.");
        assertThat(rig.done().at("/usage/total_tokens").asInt()).isEqualTo(13);
        assertThat(rig.all("response.output_audio.delta")).hasSize(1);
    }

    @Test
    void anInterruptionCancelsOnceAndTheNextTurnIsHeard() {
        rig.audio(200);
        rig.line().tell(says("I was going"));
        rig.line().tell(new ModelMessage().interrupted());
        rig.line().tell(says(" to say"));
        rig.line().tell(new ModelMessage().turnComplete());
        assertThat(rig.done().path("status").asString()).isEqualTo("cancelled");
        assertThat(rig.done().at("/status_details/reason").asString()).isEqualTo("turn_detected");
        assertThat(rig.done().at("/output/0/status").asString()).isEqualTo("incomplete");
        assertThat(rig.done().at("/output/0/content/0/transcript").asString()).isEqualTo("I was going");
        assertThat(rig.all("input_audio_buffer.speech_started")).isNotEmpty();
        rig.line().tell(says("Sorry.").generationComplete()).tell(new ModelMessage().turnComplete());
        rig.advance(500);
        assertThat(rig.all("response.done")).hasSize(2);
        assertThat(rig.all("response.output_audio.delta")).hasSize(2);
    }

    @Test
    void speechStartedComesBeforeTheResponseThatItCancelsIsDone() {
        rig.audio(200);
        rig.line().tell(says("Well"));
        rig.fresh();
        rig.line().tell(new ModelMessage().interrupted());
        List<String> types = rig.fresh();
        assertThat(types).contains("input_audio_buffer.speech_started", "response.done");
        assertThat(types.indexOf("input_audio_buffer.speech_started")).isLessThan(types.indexOf("response.done"));
    }

    @Test
    void anInterruptionAfterTheGenerationWasCompleteDoesNotEndAResponseTwice() {
        rig.audio(200);
        rig.line().tell(says("All said.").generationComplete());
        rig.advance(1000);
        assertThat(rig.done().path("status").asString()).isEqualTo("completed");
        rig.fresh();
        rig.line().tell(new ModelMessage().interrupted());
        rig.line().tell(new ModelMessage().turnComplete());
        assertThat(rig.fresh()).endsWith("input_audio_buffer.speech_started").doesNotContain("response.done");
        rig.line().tell(says("Next.").generationComplete());
        rig.advance(1000);
        assertThat(rig.all("response.done")).hasSize(2);
    }

    @Test
    void aPhantomInterruptionIsNotHeard() {
        rig = GeminiRig.ready(NATIVE_25);
        rig.text("Hi").respond();
        rig.line().tell(says("Hello").generationComplete().turnComplete());
        rig.fresh();
        rig.line().tell(new ModelMessage().interrupted()).tell(new ModelMessage().interrupted());
        // Nobody has sent any audio, so that nobody can have spoken.
        assertThat(rig.fresh()).isEmpty();
    }

    @Test
    void theSessionIsNotMuteWhenTheEndOfAnInterruptedTurnIsMissing() {
        rig.audio(200);
        rig.line().tell(says("I")).tell(new ModelMessage().interrupted());
        rig.advance(3000);
        rig.line().tell(says("Again.").generationComplete());
        rig.advance(500);
        assertThat(rig.all("response.done")).hasSize(2);
        assertThat(rig.all("response.output_audio.delta")).hasSize(2);
    }

    @Test
    void aFunctionCallIsTakenAfterAnInterruptionWithoutAnEnd() {
        rig.audio(200);
        rig.line().tell(says("I")).tell(new ModelMessage().interrupted());
        rig.line().tell(new ModelMessage().call("c1", "find", Json.object()));
        assertThat(rig.all("response.function_call_arguments.done")).hasSize(1);
    }

    @Test
    void anEndOfATurnWithoutAnythingIsNoResponse() {
        rig.fresh();
        rig.line().tell(new ModelMessage().turnComplete());
        rig.advance(2000);
        assertThat(rig.fresh()).isEmpty();
    }

    @Test
    void anAnswerThatWasAskedForAndIsEmptyIsAnEmptyResponse() {
        rig.text("Hi").respond();
        rig.line().tell(new ModelMessage().turnComplete());
        rig.advance(2000);
        assertThat(rig.done().path("output")).isEmpty();
        assertThat(rig.done().path("status").asString()).isEqualTo("completed");
    }

    @Test
    void aTurnWithoutItsEndIsOverWhenAllWasGenerated() {
        rig.text("Hi").respond();
        rig.line().tell(says("Hello.")).tell(new ModelMessage().generationComplete());
        rig.advance(1000);
        assertThat(rig.done().path("status").asString()).isEqualTo("completed");
        rig.text("And?").respond();
        assertThat(rig.errors()).isEmpty();
    }

    @Test
    void piecesOfATranscriptAreOneItemAndCompleteOnce() {
        rig.audio(500);
        rig.line().tell(new ModelMessage().heard(" What")).tell(new ModelMessage().heard(" is"));
        rig.line().tell(new ModelMessage().heard(" new?")).tell(new ModelMessage().heardAll());
        rig.line().tell(says("Nothing.").generationComplete().turnComplete());
        rig.advance(5000);
        List<ObjectNode> completed = rig.all("conversation.item.input_audio_transcription.completed");
        assertThat(completed).hasSize(1);
        assertThat(completed.getFirst().path("transcript").asString()).isEqualTo("What is new?");
        assertThat(rig.all("conversation.item.input_audio_transcription.delta").stream()
                        .map(event -> event.path("item_id").asString())
                        .distinct())
                .containsExactly(completed.getFirst().path("item_id").asString());
        assertThat(rig.all("input_audio_buffer.committed")).hasSize(1);
        assertThat(rig.order.finish()).isEmpty();
    }

    @Test
    void theUsersItemComesBeforeTheAssistants() {
        rig.audio(500);
        rig.line().tell(new ModelMessage().heard(" Hi"));
        rig.line().tell(says("Hello.").generationComplete().turnComplete());
        List<String> roles = rig.all("conversation.item.added").stream()
                .map(event -> event.path("item").path("role").asString())
                .toList();
        assertThat(roles).containsExactly("user", "assistant");
    }

    @Test
    void aTranscriptThatIsNeverFinishedIsCompleteInTheEnd() {
        rig.audio(500);
        rig.line().tell(new ModelMessage().heard(" Hi"));
        rig.line().tell(says("Hello.").generationComplete().turnComplete());
        rig.line().tell(new ModelMessage().heard(" there"));
        rig.advance(10_000);
        List<ObjectNode> completed = rig.all("conversation.item.input_audio_transcription.completed");
        assertThat(completed).hasSize(1);
        assertThat(completed.getFirst().path("transcript").asString()).isEqualTo("Hi there");
    }

    @Test
    void usageIsToldOnceAndThoughtsAreNotSaid() {
        rig.text("Hi").respond();
        rig.line().tell(new ModelMessage().thought("They said hi."));
        rig.line().tell(says("Hello.").generationComplete());
        rig.line().tell(new ModelMessage().turnComplete().usage(10, 1, 2));
        rig.line().tell(new ModelMessage().usage(99, 9, 9));
        rig.advance(1000);
        assertThat(rig.done().at("/usage/total_tokens").asInt()).isEqualTo(13);
        assertThat(rig.events.toString()).doesNotContain("They said");
    }

    @Test
    void reasonsForNoAnswerAreStatusesOfAResponse() {
        rig.text("Hi").respond();
        rig.line().tell(new ModelMessage().turnComplete("PROHIBITED_INPUT_CONTENT"));
        assertThat(rig.done().path("status").asString()).isEqualTo("incomplete");
        assertThat(rig.done().at("/status_details/reason").asString()).isEqualTo("content_filter");
        rig.text("Hi").respond();
        rig.line().tell(new ModelMessage().turnComplete("MALFORMED_FUNCTION_CALL"));
        JsonNode failed = rig.all("response.done").getLast().path("response");
        assertThat(failed.path("status").asString()).isEqualTo("failed");
        rig.text("Hi").respond();
        rig.line().tell(says("Now.").generationComplete().turnComplete());
        assertThat(rig.all("response.done")).hasSize(3);
    }

    @Test
    void aResponseIsRefusedWhileOneIsActiveAndACancelWhereThereIsNone() {
        rig.client("{'type':'response.cancel'}");
        assertThat(rig.errors()).containsExactly("response_cancel_not_active");
        rig.text("Hi").respond();
        rig.line().tell(says("Hel"));
        rig.respond();
        assertThat(rig.errors()).contains("conversation_already_has_active_response");
        rig.client("{'type':'response.cancel'}");
        assertThat(rig.done().at("/status_details/reason").asString()).isEqualTo("client_cancelled");
        rig.line().tell(says("lo")).tell(new ModelMessage().interrupted()).tell(new ModelMessage().turnComplete());
        assertThat(rig.all("response.output_audio.delta")).hasSize(1);
        assertThat(rig.all("input_audio_buffer.speech_started")).isEmpty();
        rig.text("More").respond();
        rig.line().tell(says("Hello.").generationComplete().turnComplete());
        assertThat(rig.all("response.done")).hasSize(2);
    }

    @Test
    void aResponseWithNothingNewIsNudged() {
        for (String model : List.of(NATIVE_25, LIVE_31, LIVE_38)) {
            rig = GeminiRig.ready(model);
            rig.line().tell(new ModelMessage().turnComplete());
            int before = rig.line().sent().size();
            rig.respond();
            assertThat(rig.line().sent()).as(model).hasSize(before + 1);
        }
    }

    @Test
    void aTruncationCutsWhatIsKept() {
        rig.text("Hi").respond();
        rig.line().tell(says("Hello.").generationComplete().turnComplete());
        String item = rig.done().at("/output/0/id").asString();
        rig.client("{'type':'conversation.item.truncate','item_id':'" + item + "','content_index':0,'audio_end_ms':5}");
        assertThat(rig.all("conversation.item.truncated")).hasSize(1);
        assertThat(rig.errors()).isEmpty();
    }

    @Test
    void inManualModeNothingIsSaidBeforeItIsAskedFor() {
        rig = GeminiRig.opened(NATIVE_25);
        rig.client("{'type':'session.update','session':{'type':'realtime','audio':{'input':{'turn_detection':null}}}}");
        rig.client("{'type':'input_audio_buffer.commit'}");
        assertThat(rig.errors()).containsExactly("input_audio_buffer_commit_empty");
        rig.audio(50).client("{'type':'input_audio_buffer.commit'}");
        assertThat(rig.errors()).hasSize(2);
        rig.client("{'type':'input_audio_buffer.clear'}");
        assertThat(rig.all("input_audio_buffer.cleared")).hasSize(1);
        rig.audio(500).client("{'type':'input_audio_buffer.commit'}");
        assertThat(rig.all("input_audio_buffer.committed")).hasSize(1);
        rig.line().ready(null);
        assertThat(rig.line().sent("realtimeInput")).isEmpty();
        rig.respond();
        List<JsonNode> input = rig.line().sent("realtimeInput");
        assertThat(input.getFirst().has("activityStart")).isTrue();
        assertThat(input.getLast().has("activityEnd")).isTrue();
        assertThat(input.subList(1, input.size() - 1)).isNotEmpty().allMatch(message -> message.has("audio"));
        rig.line().tell(says("Yes.").generationComplete().turnComplete());
        assertThat(rig.done().path("status").asString()).isEqualTo("completed");
    }
}
