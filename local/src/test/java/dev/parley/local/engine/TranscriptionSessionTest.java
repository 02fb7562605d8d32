package dev.parley.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeSessionConfig;
import dev.parley.local.speech.Transcript;
import dev.parley.provider.Start;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Sessions that only transcribe. */
class TranscriptionSessionTest {
    private static final String UPDATE = "{'type':'session.update','event_id':'e1','session':{'type':'transcription',"
            + "'audio':{'input':{'transcription':{'model':'gpt-4o-transcribe','language':'en'}}}}}";

    private static Rig started() {
        Rig rig = Rig.started().send(UPDATE);
        assertThat(rig.types()).containsExactly("session.updated");
        return rig;
    }

    @Test
    void theFirstUpdateMakesOne() {
        JsonNode session = started().last("session.updated").path("session");
        assertThat(session.propertyNames()).containsExactly("type", "object", "id", "expires_at", "audio", "include");
        assertThat(session.path("object").asString()).isEqualTo("realtime.transcription_session");
        assertThat(session.path("id").asString()).startsWith("sess_");
        assertThat(session.path("audio").propertyNames()).containsExactly("input");
        assertThat(session.path("audio").path("input").path("transcription"))
                .hasToString("{\"model\":\"gpt-4o-transcribe\",\"language\":\"en\",\"prompt\":null}");
        assertThat(session.path("include").isNull()).isTrue();
    }

    @Test
    void speechIsTranscribedAndNotAnswered() {
        Rig rig = started();
        rig.audio(200, false).audio(1_000, true).audio(600, false).advance(9_000);
        assertThat(rig.types())
                .containsExactly(
                        "input_audio_buffer.speech_started",
                        "input_audio_buffer.speech_stopped",
                        "input_audio_buffer.committed",
                        "conversation.item.added",
                        "conversation.item.done",
                        "conversation.item.input_audio_transcription.delta",
                        "conversation.item.input_audio_transcription.completed");
        JsonNode completed = rig.last("conversation.item.input_audio_transcription.completed");
        assertThat(completed.path("transcript").asString()).isEqualTo("what time is it");
        assertThat(completed.path("usage")).hasToString("{\"type\":\"duration\",\"seconds\":2}");
        assertThat(rig.all("conversation.item.input_audio_transcription.delta").stream()
                        .map(e -> e.path("delta").asString()))
                .containsExactly("what", " time", " is", " it");
        rig.send("{'type':'conversation.item.retrieve','item_id':" + completed.path("item_id") + "}");
        assertThat(rig.types()).containsExactly("conversation.item.retrieved");
    }

    @Test
    void whatCannotBeTranscribedIsTold() {
        Rig rig = started();
        rig.fakes.heard = new Transcript("a guess", false);
        rig.audio(1_000, true).audio(600, false);
        JsonNode failed = rig.last("conversation.item.input_audio_transcription.failed");
        assertThat(failed.path("error").values()).isNotEmpty().allMatch(JsonNode::isString);
        assertThat(failed.path("content_index").asInt(-1)).isZero();
    }

    @Test
    void theClientMayCommit() {
        Rig rig = started();
        rig.send(
                "{'type':'session.update','session':{'type':'transcription','audio':{'input':{'turn_detection':null}}}}");
        rig.audio(500, true).send("{'type':'input_audio_buffer.commit'}");
        assertThat(rig.all("conversation.item.input_audio_transcription.completed"))
                .hasSize(1);
        assertThat(rig.all("error")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'response.create','event_id':'e1'}",
                "{'type':'response.cancel','event_id':'e1'}",
                "{'type':'conversation.item.create','event_id':'e1','item':{'type':'message','role':'user','content':[]}}",
                "{'type':'session.update','event_id':'e1','session':{'type':'realtime'}}",
                "{'type':'session.update','event_id':'e1','session':{'type':'transcription','instructions':'a'}}",
                "{'type':'session.update','event_id':'e1','session':{'type':'transcription','audio':{'output':{}}}}"
            })
    void whatBelongsToConversationsIsRefused(String event) {
        Rig rig = started();
        JsonNode before = rig.last("session.updated").path("session");
        rig.send(event);
        assertThat(rig.types()).containsExactly("error");
        assertThat(rig.error().path("event_id").asString()).isEqualTo("e1");
        rig.send("{'type':'session.update','session':{'type':'transcription'}}");
        assertThat(rig.last("session.updated").path("session")).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'input_audio_buffer.append','audio':'AAAA'}",
                "{'type':'conversation.item.create','item':{'type':'message','role':'user','content':"
                        + "[{'type':'input_text','text':'a'}]}}",
                "{'type':'response.create'}"
            })
    void aSessionInUseKeepsItsType(String use) {
        Rig rig = Rig.started().send(use.replace("AAAA", "AAAAAAAA")).advance(5_000);
        rig.types();
        rig.send(UPDATE);
        assertThat(rig.types()).containsExactly("error");
        assertThat(rig.error().path("code").asString()).isEqualTo("invalid_value");
        assertThat(rig.error().path("param").asString()).isEqualTo("session.type");
    }

    @Test
    void theConfigurationOfTheHostLeavesTheChoice() {
        RealtimeSessionConfig config =
                RealtimeSessionConfig.builder().instructions("Be brief.").build();
        Rig rig = Rig.started(config, Start.FRESH).send(UPDATE);
        assertThat(rig.types()).isEqualTo(List.of("session.created", "session.updated", "session.updated"));
        assertThat(rig.last("session.updated").path("session").path("type").asString())
                .isEqualTo("transcription");
    }

    @Test
    void theConfigurationOfTheHostMayMakeOneFromTheStart() {
        RealtimeSessionConfig config = RealtimeSessionConfig.builder()
                .transcription(true)
                .turnDetection(false)
                .build();
        Rig rig = Rig.started(config, Start.FRESH);
        assertThat(rig.types()).containsExactly("session.created", "session.updated");
        assertThat(rig.events.getFirst().path("session").path("object").asString())
                .isEqualTo("realtime.transcription_session");
        rig.respond();
        assertThat(rig.error().path("code").asString()).isEqualTo("invalid_event");
    }
}
