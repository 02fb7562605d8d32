package dev.parley.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.mind.Responder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What voice agents need beyond OpenAI's protocol, and the parts of it that they live on. */
class VerbatimTest {
    private static final String WORDS = "One moment, please. I am looking that up; it won't take long.";

    private static String say(String more) {
        return "{'type':'response.create','event_id':'e1','response':{'parley':{'say':'" + WORDS.replace("'", "\u2019")
                + "'}" + more + "}}";
    }

    @Test
    void theWordsAreSaidAsTheyAre() {
        Rig rig = Rig.with("'tools':[{'type':'function','name':'a'}],'tool_choice':'required'");
        rig.fakes.mind = (request, sink) -> sink.call("a", "{}");
        rig.text("do it").send(say(""));
        rig.advance(20_000);

        JsonNode done = rig.last("response.done").path("response");
        assertThat(done.path("status").asString()).isEqualTo("completed");
        assertThat(done.path("output").size()).isEqualTo(1);
        assertThat(rig.last("response.output_audio_transcript.done")
                        .path("transcript")
                        .asString())
                .isEqualTo(WORDS.replace('\'', '\u2019'));
        assertThat(rig.audioMs()).isGreaterThan(50 * FakeParts.MS_PER_CHARACTER);
        assertThat(done.path("usage").path("input_tokens").asInt()).isZero();

        // They are part of the conversation, and the next response is the mind's again.
        List<Responder.Request> asked = new ArrayList<>();
        rig.fakes.mind = (request, sink) -> asked.add(request);
        rig.respond();
        assertThat(asked.getFirst().turns().getLast().toString()).startsWith("Assistant[text=One moment, please.");
    }

    @Test
    void theyAreSaidWhileSpeechIsStillBeingRecognised() {
        Rig rig = Rig.with("'output_modalities':['text'],'audio':{'input':{'turn_detection':null}}");
        rig.write(400, true);
        rig.leg.send(dev.parley.protocol.ControlEvent.of(
                dev.parley.protocol.Json.object().put("type", "input_audio_buffer.commit")));
        rig.lane.run();
        rig.leg.send(new dev.parley.protocol.EventScanner()
                .scan(dev.parley.protocol.Bytes.utf8(say("").replace('\'', '"'))));
        rig.lane.run();
        assertThat(rig.workers.waiting()).isPositive();
        assertThat(rig.last("response.output_text.done").path("text").asString())
                .isEqualTo(WORDS.replace('\'', '\u2019'));
        rig.settle();
    }

    @Test
    void theyHaveTheResponsesOwnSettings() {
        Rig rig = Rig.started();
        rig.send(say(",'output_modalities':['text'],'metadata':{'by':'agent'},'conversation':'none'"));
        JsonNode done = rig.last("response.done").path("response");
        assertThat(done.path("metadata").path("by").asString()).isEqualTo("agent");
        assertThat(done.path("conversation_id").isNull()).isTrue();
        assertThat(rig.all("response.output_text.done")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'response.create','event_id':'e1','response':{'parley':{}}} | invalid_value | response.parley",
                "{'type':'response.create','event_id':'e1','response':{'parley':'x'}} | invalid_value | response.parley",
                "{'type':'response.create','event_id':'e1','response':{'parley':{'say':' '}}}"
                        + " | invalid_value | response.parley",
                "{'type':'response.create','event_id':'e1','response':{'parley':{'say':7}}}"
                        + " | invalid_value | response.parley",
                "{'type':'response.create','event_id':'e1','response':{'parley':{'say':'x','loud':true}}}"
                        + " | invalid_value | response.parley",
                "{'type':'response.create','event_id':'e1','parley':{'say':'x'}} | unknown_parameter | parley",
                "{'type':'response.create','event_id':'e1','response':{'parley':{'say':'x'},'x':1}}"
                        + " | unknown_parameter | response.x",
                "{'type':'session.update','event_id':'e1','session':{'type':'realtime','parley':{'say':'x'}}}"
                        + " | unknown_parameter | session.parley"
            })
    void whatIsWrongIsRefused(String event, String code, String param) {
        Rig rig = Rig.started().send(event);
        assertThat(rig.types()).containsExactly("error");
        assertThat(rig.error().path("code").asString()).isEqualTo(code);
        assertThat(rig.error().path("param").asString()).isEqualTo(param);
        assertThat(rig.error().path("event_id").asString()).isEqualTo("e1");
    }

    @Test
    void wordsTooLongAreRefused() {
        Rig rig = Rig.started()
                .send("{'type':'response.create','response':{'parley':{'say':'" + "a b ".repeat(16_001) + "'}}}");
        assertThat(rig.types()).containsExactly("error");
        assertThat(rig.error().path("message").asString()).contains("64000");
    }

    @Test
    void aTurnIsWrittenDownAndWaitsToBeAnswered() {
        Rig rig = Rig.with("'audio':{'input':{'transcription':{'model':'any'},"
                + "'turn_detection':{'type':'server_vad','create_response':false}}}");
        rig.audio(600, true).audio(800, false);
        assertThat(rig.types())
                .contains("conversation.item.input_audio_transcription.completed")
                .doesNotContain("response.created");
        rig.respond();
        rig.advance(10_000);
        assertThat(rig.types()).contains("response.created", "response.done");
        // Speech still interrupts.
        rig.fakes.mind =
                (request, sink) -> sink.text("This takes longer to say than what is sent ahead of its playback.");
        rig.respond().advance(200).audio(200, true);
        assertThat(rig.last("response.done").path("response").path("status").asString())
                .isEqualTo("cancelled");
    }

    @Test
    void whatStillPlaysCanBeTruncatedAfterItsResponse() {
        Rig rig = Rig.started();
        rig.fakes.mind = (request, sink) -> sink.text("It is twelve o'clock.");
        rig.text("a").respond();
        // All of it has been sent ahead of its playback, which has hardly begun.
        rig.advance(100);
        assertThat(rig.all("response.done")).hasSize(1);
        rig.audio(100, true);
        assertThat(rig.types()).contains("input_audio_buffer.speech_started");
        String item = rig.last("response.output_audio.delta").path("item_id").asString();
        rig.send("{'type':'conversation.item.truncate','item_id':'" + item + "','content_index':0,'audio_end_ms':180}");
        assertThat(rig.types()).containsExactly("conversation.item.truncated");
        rig.send("{'type':'output_audio_buffer.clear','event_id':'e1'}");
        assertThat(rig.error().path("code").asString()).isEqualTo("unsupported_by_provider");
    }

    @Test
    void toolsChangeInTheMiddle() {
        Rig rig = Rig.with("'tools':[{'type':'function','name':'a'}]");
        List<Responder.Request> asked = new ArrayList<>();
        rig.fakes.mind = (request, sink) -> asked.add(request);
        rig.text("x").respond();
        rig.send("{'type':'session.update','session':{'type':'realtime','tools':[{'type':'function','name':'b'}]}}");
        rig.respond();
        assertThat(asked.get(0).tools().getFirst().name()).isEqualTo("a");
        assertThat(asked.get(1).tools().getFirst().name()).isEqualTo("b");
    }
}
