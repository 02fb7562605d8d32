package dev.parley.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A response that is being spoken is ended, at once, by speech, by the client, or by the end of the session. */
class InterruptionTest {
    private static final String LONG =
            "This is a first sentence of some length. This is a second one, which is as long. And here is a third.";

    private static Rig speaking() {
        Rig rig = Rig.started();
        rig.fakes.mind = (request, sink) -> sink.text(LONG);
        rig.text("a").respond().advance(1_000);
        assertThat(rig.types()).doesNotContain("response.done");
        return rig;
    }

    private static void assertEnded(Rig rig, String reason) {
        List<String> types = rig.types();
        types.remove("input_audio_buffer.speech_started");
        assertThat(types)
                .startsWith(
                        "response.output_audio.done",
                        "response.output_audio_transcript.done",
                        "response.content_part.done",
                        "conversation.item.done",
                        "response.output_item.done",
                        "response.done",
                        "rate_limits.updated");
        JsonNode response = rig.last("response.done").path("response");
        assertThat(response.path("status").asString()).isEqualTo("cancelled");
        assertThat(response.path("status_details").toString())
                .isEqualTo("{\"type\":\"cancelled\",\"reason\":\"" + reason + "\"}");
        assertThat(response.path("output").path(0).path("status").asString()).isEqualTo("incomplete");
        int deltas = rig.all("response.output_audio.delta").size();
        rig.advance(20_000);
        assertThat(rig.all("response.output_audio.delta")).hasSize(deltas);
        assertThat(rig.all("response.done")).hasSize(1);
        assertThat(rig.waiting()).isZero();
        assertThat(rig.workers.waiting()).isZero();
    }

    @Test
    void bySpeech() {
        Rig rig = speaking();
        long before = rig.lane.nanoTime();
        rig.audio(80, true);
        assertThat((rig.lane.nanoTime() - before) / 1_000_000).isLessThanOrEqualTo(80);
        assertThat(rig.events.stream().map(e -> e.path("type").asString()).toList())
                .containsSubsequence("input_audio_buffer.speech_started", "response.done");
        // The frame that made it a turn ended the response, in the same moment.
        int started = rig.events.indexOf(rig.last("input_audio_buffer.speech_started"));
        int done = rig.events.indexOf(rig.last("response.done"));
        assertThat(rig.times.get(done)).isEqualTo(rig.times.get(started));
        assertEnded(rig, "turn_detected");
    }

    @Test
    void byCancel() {
        Rig rig = speaking();
        rig.send("{'type':'response.cancel'}");
        assertEnded(rig, "client_cancelled");
    }

    @Test
    void byCancelOfItsId() {
        Rig rig = speaking();
        rig.send("{'type':'response.cancel','response_id':'"
                + rig.last("response.created").path("response").path("id").asString() + "'}");
        assertEnded(rig, "client_cancelled");
    }

    @Test
    void byTruncation() {
        Rig rig = speaking();
        String item = rig.last("response.output_audio.delta").path("item_id").asString();
        rig.send("{'type':'conversation.item.truncate','item_id':'" + item + "','content_index':0,'audio_end_ms':700}");
        JsonNode truncated = rig.last("conversation.item.truncated");
        assertThat(truncated.path("audio_end_ms").asInt()).isEqualTo(700);
        assertEnded(rig, "client_cancelled");
        rig.send("{'type':'conversation.item.retrieve','item_id':'" + item + "'}");
        JsonNode part = rig.last("conversation.item.retrieved")
                .path("item")
                .path("content")
                .path(0);
        assertThat(part.has("transcript")).isFalse();
        assertThat(part.path("audio").asString()).hasSize(700 * 48 * 4 / 3);
    }

    @Test
    void whatWasNotHeardIsForgotten() {
        Rig rig = speaking();
        String item = rig.last("response.output_audio.delta").path("item_id").asString();
        rig.send("{'type':'conversation.item.truncate','item_id':'" + item + "','content_index':0,'audio_end_ms':700}");
        StringBuilder known = new StringBuilder();
        rig.fakes.mind = (request, sink) -> known.append(request.turns().getLast());
        rig.respond();
        assertThat(known.toString()).startsWith("Assistant[text=This").hasSizeLessThan(60);
    }

    @Test
    void notIfTheSessionSaysSo() {
        Rig rig = Rig.with("'audio':{'input':{'turn_detection':{'type':'server_vad','interrupt_response':false}}}");
        rig.fakes.mind = (request, sink) -> sink.text(LONG);
        rig.text("a").respond().advance(200).audio(400, true).audio(600, false);
        assertThat(rig.types()).contains("input_audio_buffer.committed").doesNotContain("response.done");
        rig.advance(20_000);
        // The turn that ended meanwhile is answered afterwards.
        assertThat(rig.all("response.done")).hasSize(2);
    }

    @Test
    void aClickIsNoTurn() {
        Rig rig = speaking();
        rig.audio(40, true).audio(500, false);
        assertThat(rig.types()).doesNotContain("input_audio_buffer.speech_started", "response.done");
    }

    @Test
    void theEndOfTheSessionLeavesNothingBehind() {
        Rig rig = speaking();
        rig.audio(40, true);
        int events = rig.events.size();
        rig.leg.close(CloseReason.of(Failure.NORMAL, ""));
        rig.leg.close(CloseReason.of(Failure.NORMAL, ""));
        assertThat(rig.closed).isNull();
        rig.advance(20_000);
        assertThat(rig.closed).isNotNull();
        assertThat(rig.events).hasSize(events);
        assertThat(rig.released).isEqualTo(1);
        assertThat(rig.lane.waiting()).isZero();
        assertThat(rig.workers.waiting()).isZero();
    }

    @Test
    void aMindThatIsNotNeededAnyMoreIsGivenUp() {
        Rig rig = Rig.started();
        rig.text("a");
        rig.leg.send(dev.parley.protocol.ControlEvent.of(
                dev.parley.protocol.Json.object().put("type", "response.create")));
        rig.lane.run();
        assertThat(rig.workers.waiting()).isEqualTo(1);
        rig.leg.send(dev.parley.protocol.ControlEvent.of(
                dev.parley.protocol.Json.object().put("type", "response.cancel")));
        rig.lane.run();
        assertThat(rig.workers.givenUp).isEqualTo(1);
        assertThat(rig.last("response.done").path("response").path("output").isEmpty())
                .isTrue();
    }

    @Test
    void audioKeepsAheadOfItsPlaybackByABoundedLead() {
        Rig rig = Rig.started();
        rig.fakes.mind = (request, sink) -> sink.text(LONG);
        rig.text("a").respond();
        assertThat(rig.audioMs()).isBetween(1_500, 1_600);
        assertThat(rig.all("response.output_audio.delta")
                        .getFirst()
                        .path("delta")
                        .asString())
                .hasSize(20 * 48 * 4 / 3);
        for (int second = 1; second < 5; second++) {
            rig.advance(1_000);
            assertThat(rig.audioMs()).isBetween(1_500 + second * 1_000, 1_600 + second * 1_000);
        }
        for (JsonNode delta : rig.all("response.output_audio.delta")) {
            int ms = delta.path("delta").asString().length() * 3 / 4 / 48;
            assertThat(ms).isBetween(20, 120);
        }
        rig.advance(20_000);
        assertThat(rig.audioMs()).isEqualTo((LONG.length() - 2) * FakeParts.MS_PER_CHARACTER);
    }

    @Test
    void audioWaitsWhileTheClientDoesNotRead() {
        Rig rig = speaking();
        rig.leg.reading(false);
        rig.settle();
        int ms = rig.audioMs();
        rig.advance(10_000);
        assertThat(rig.audioMs()).isEqualTo(ms);
        rig.leg.reading(true);
        rig.advance(20_000);
        assertThat(rig.last("response.done").path("response").path("status").asString())
                .isEqualTo("completed");
    }
}
