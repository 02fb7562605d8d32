package dev.parley.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.mind.Responder;
import dev.parley.local.speech.Transcript;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Where a turn ends by its meaning, and what happens when nobody begins one. */
class TurnDetectionTest {
    private static final String FOUND = "input_audio_buffer.speech_stopped";
    private static final String IDLE = "input_audio_buffer.timeout_triggered";

    private static Rig semantic(String more) {
        Rig rig = Rig.with("'audio':{'input':{'turn_detection':{'type':'semantic_vad'" + more + "}}}");
        rig.fakes.decidesAtEnd = true;
        return rig;
    }

    private static Rig idle(String more) {
        return Rig.with(
                "'audio':{'input':{'turn_detection':{'type':'server_vad','idle_timeout_ms':6000" + more + "}}}");
    }

    @ParameterizedTest
    @CsvSource({"low, 1000, 8000", "medium, 500, 4000", "auto, 500, 4000", "high, 300, 2000"})
    void aCompleteTurnEndsSoonAndAnotherMayGoOn(String eagerness, int completeMs, int longestMs) {
        Rig rig = semantic(",'eagerness':'" + eagerness + "'");
        rig.audio(1_000, true).audio(completeMs - 60, false);
        assertThat(rig.all(FOUND)).isEmpty();
        rig.audio(120, false);
        assertThat(rig.all(FOUND)).hasSize(1);
        assertThat(rig.all("response.created")).hasSize(1);

        rig.fakes.heard = new Transcript("", false);
        rig.advance(20_000).audio(1_000, true).audio(longestMs - 60, false);
        assertThat(rig.all(FOUND)).hasSize(1);
        rig.audio(120, false);
        assertThat(rig.all(FOUND)).hasSize(2);
    }

    @Test
    void aTurnThatIsTakenUpAgainIsHeardAnew() {
        Rig rig = semantic("");
        rig.fakes.heard = new Transcript("", false);
        rig.audio(1_000, true).audio(1_000, false);
        rig.fakes.heard = new Transcript("what time is it", true);
        rig.audio(400, true).audio(600, false);
        assertThat(rig.all(FOUND)).hasSize(1);
        assertThat(rig.all("input_audio_buffer.speech_started")).hasSize(1);
        assertThat(rig.fakes.finishedUtterances).isEqualTo(2);
    }

    @Test
    void earsThatCannotTellTakeAPauseForTheEnd() {
        Rig rig = semantic("");
        rig.fakes.decidesAtEnd = false;
        rig.audio(1_000, true).audio(560, false);
        assertThat(rig.all(FOUND)).hasSize(1);
    }

    @Test
    void semanticTurnsAreShownAsTheyWereAsked() {
        Rig rig = semantic(",'eagerness':'high','create_response':false,'interrupt_response':false");
        assertThat(shown(rig))
                .hasToString("{\"type\":\"semantic_vad\",\"eagerness\":\"high\",\"create_response\":false,"
                        + "\"interrupt_response\":false}");
        rig.audio(1_000, true).audio(400, false);
        assertThat(rig.all(FOUND)).hasSize(1);
        assertThat(rig.all("response.created")).isEmpty();

        // Another kind begins with its own defaults; what is set of the kind that is changes that alone.
        update(rig, "{'type':'server_vad','silence_duration_ms':700}");
        update(rig, "{'type':'server_vad','prefix_padding_ms':100}");
        assertThat(shown(rig))
                .hasToString("{\"type\":\"server_vad\",\"threshold\":0.5,\"prefix_padding_ms\":100,"
                        + "\"silence_duration_ms\":700,\"idle_timeout_ms\":null,\"create_response\":true,"
                        + "\"interrupt_response\":true}");
        update(rig, "{'type':'semantic_vad'}");
        assertThat(shown(rig))
                .hasToString("{\"type\":\"semantic_vad\",\"eagerness\":\"auto\",\"create_response\":true,"
                        + "\"interrupt_response\":true}");
    }

    private static void update(Rig rig, String detection) {
        rig.send("{'type':'session.update','session':{'type':'realtime','audio':{'input':{'turn_detection':" + detection
                + "}}}}");
    }

    private static JsonNode shown(Rig rig) {
        return rig.last("session.updated")
                .path("session")
                .path("audio")
                .path("input")
                .path("turn_detection");
    }

    @Test
    void aSilentUserIsSpokenToAfterTheResponseWasHeardOut() {
        Rig rig = idle("");
        List<Responder.Request> asked = new ArrayList<>();
        rig.text("Hello").respond();
        int audioMs = rig.audio(5_000, false).audioMs();
        long done = rig.times.get(rig.events.indexOf(rig.last("response.done")));
        rig.types();
        rig.fakes.mind = (request, sink) -> asked.add(request);

        rig.audio((int) (audioMs + 6_000 - rig.lane.nanoTime() / 1_000_000 - 100), false);
        assertThat(rig.types()).isEmpty();
        rig.audio(200, false);
        assertThat(rig.types())
                .containsExactly(
                        IDLE,
                        "input_audio_buffer.committed",
                        "conversation.item.added",
                        "conversation.item.done",
                        "response.created",
                        "response.done",
                        "rate_limits.updated");
        JsonNode idle = rig.last(IDLE);
        assertThat(done).isLessThan(audioMs);
        assertThat(idle.path("audio_start_ms").asInt()).isBetween(audioMs - 20, audioMs + 20);
        assertThat(idle.path("audio_end_ms").asInt()).isBetween(audioMs + 5_980, audioMs + 6_020);
        assertThat(rig.last("input_audio_buffer.committed").path("item_id")).isEqualTo(idle.path("item_id"));
        assertThat(rig.last("conversation.item.added").path("item").path("content"))
                .hasToString("[{\"type\":\"input_audio\",\"transcript\":null}]");
        assertThat(asked.getFirst().turns().getLast()).hasToString("User[text=, understood=true]");
    }

    @Test
    void itIsSpokenToAgainAndAgain() {
        Rig rig = idle("");
        rig.fakes.mind = (request, sink) -> {};
        rig.respond();
        for (int times = 1; times < 4; times++) {
            rig.advance(5_980);
            assertThat(rig.all(IDLE)).hasSize(times - 1);
            rig.advance(20);
            assertThat(rig.all(IDLE)).hasSize(times);
        }
        assertThat(rig.all("response.done")).hasSize(4);
    }

    @Test
    void aTranscriptOfTheSilenceIsEmpty() {
        Rig rig = idle("},'transcription':{'model':'any'");
        rig.respond().advance(9_000);
        JsonNode completed = rig.last("conversation.item.input_audio_transcription.completed");
        assertThat(completed.path("transcript").asString("none")).isEmpty();
        assertThat(rig.all("conversation.item.input_audio_transcription.delta")).isEmpty();
        assertThat(rig.fakes.finishedUtterances).isZero();
    }

    @Test
    void nothingIsTriggeredWhileSomebodySpeaksOrWithoutAResponse() {
        Rig rig = idle("");
        rig.advance(60_000);
        assertThat(rig.all(IDLE)).isEmpty();
        rig.fakes.mind = (request, sink) -> sink.text("Ok.");
        rig.respond().advance(3_000).audio(9_000, true);
        assertThat(rig.all(IDLE)).isEmpty();
        rig.audio(520, false);
        assertThat(rig.all("response.created")).hasSize(2);
        rig.audio(5_000, false);
        assertThat(rig.all(IDLE)).isEmpty();
        rig.audio(2_000, false);
        assertThat(rig.all(IDLE)).hasSize(1);
    }

    @Test
    void aResponseOfTheClientOrAChangeOfSettingsEndsTheWait() {
        Rig rig = idle("");
        rig.fakes.mind = (request, sink) -> {};
        rig.respond().advance(5_000).respond().advance(5_000);
        assertThat(rig.all(IDLE)).isEmpty();
        update(rig, "null");
        rig.advance(60_000);
        assertThat(rig.all(IDLE)).isEmpty();
        assertThat(rig.waiting()).isZero();
    }
}
