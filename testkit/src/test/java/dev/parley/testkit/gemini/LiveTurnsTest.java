package dev.parley.testkit.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Turns and responses of Gemini Live as OpenAI's events, in virtual time. */
class LiveTurnsTest {
    private static final String MODEL = "gemini-3.8-live";
    private static final Duration LAST_WORDS = Duration.ofMillis(250);

    @Test
    void sendsOneSetupWithWhatCameBeforeTheFirstContent() {
        LiveLeg live = new LiveLeg(MODEL).open();
        assertThat(live.opened).isTrue();
        live.client("{'type':'session.update','session':{'type':'realtime','instructions':'Be brief.'}}")
                .client("{'type':'session.update','session':{'type':'realtime','audio':{'output':{'voice':'Kore'}}}}");
        assertThat(live.sent()).isEmpty();
        assertThat(live.types()).containsExactly("session.created", "session.updated", "session.updated");
        live.audio(40).audio(40);
        assertThat(live.kinds()).containsExactly("setup");
        assertThat(live.sent()
                        .getFirst()
                        .at("/setup/systemInstruction/parts/0/text")
                        .asString())
                .isEqualTo("Be brief.");
        assertThat(live.sent()
                        .getFirst()
                        .at("/setup/generationConfig/speechConfig/voiceConfig/prebuiltVoiceConfig/voiceName")
                        .asString())
                .isEqualTo("Kore");
        live.gemini("{'setupComplete':{}}");
        assertThat(live.kinds()).containsExactly("setup", "realtimeInput.audio", "realtimeInput.audio");
        assertThat(live.sent().get(1).at("/realtimeInput/audio/mimeType").asString())
                .isEqualTo("audio/pcm;rate=16000");
    }

    @Test
    void tellsAWrittenTurn() {
        LiveLeg live = LiveLeg.ready(MODEL);
        live.types();
        live.client("{'type':'conversation.item.create','item':{'type':'message','role':'user','content':"
                        + "[{'type':'input_text','text':'Hello'}]}}")
                .client("{'type':'response.create'}");
        assertThat(live.types())
                .containsExactly("conversation.item.added", "conversation.item.done", "response.created");
        assertThat(live.sent().getLast().path("clientContent").toString())
                .isEqualTo("{\"turns\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hello\"}]}],\"turnComplete\":true}");
        live.gemini("{'serverContent':{'outputTranscription':{'text':' Hi'}}}")
                .sound("AAAA")
                .sound("BBBBBBBBBBBB")
                .gemini("{'serverContent':{'outputTranscription':{'text':' there.'}}}")
                .gemini("{'serverContent':{'generationComplete':true}}");
        assertThat(live.types())
                .containsExactly(
                        "response.output_item.added",
                        "conversation.item.added",
                        "response.content_part.added",
                        "response.output_audio_transcript.delta",
                        "response.output_audio.delta",
                        "response.output_audio.delta",
                        "response.output_audio_transcript.delta");
        live.gemini(
                "{'serverContent':{'turnComplete':true},'usageMetadata':{'promptTokenCount':5,'responseTokenCount':7,"
                        + "'totalTokenCount':12,'promptTokensDetails':[{'modality':'TEXT','tokenCount':5}],"
                        + "'responseTokensDetails':[{'modality':'AUDIO','tokenCount':7}]}}");
        assertThat(live.types())
                .containsExactly(
                        "response.output_audio.done",
                        "response.output_audio_transcript.done",
                        "response.content_part.done",
                        "conversation.item.done",
                        "response.output_item.done",
                        "response.done");
        var done = live.last("response.done").path("response");
        assertThat(done.path("status").asString()).isEqualTo("completed");
        assertThat(done.at("/output/0/content/0/transcript").asString()).isEqualTo("Hi there.");
        assertThat(done.at("/usage/total_tokens").asInt()).isEqualTo(12);
        assertThat(done.at("/usage/output_token_details/audio_tokens").asInt()).isEqualTo(7);
    }

    @Test
    void tellsASpokenTurnAsOneItemBeforeTheAnswer() {
        LiveLeg live = LiveLeg.ready(MODEL);
        live.client("{'type':'session.update','session':{'type':'realtime','audio':{'input':{'transcription':"
                + "{'model':'whisper-1'}}}}}");
        live.types();
        live.audio(200)
                .gemini("{'serverContent':{'inputTranscription':{'text':' What'}}}")
                .gemini("{'serverContent':{'inputTranscription':{'text':' time?'}}}");
        assertThat(live.types()).containsExactly("input_audio_buffer.speech_started");
        live.sound("AAAA");
        assertThat(live.types())
                .containsExactly(
                        "input_audio_buffer.speech_stopped",
                        "input_audio_buffer.committed",
                        "conversation.item.added",
                        "conversation.item.done",
                        "conversation.item.input_audio_transcription.delta",
                        "response.created",
                        "response.output_item.added",
                        "conversation.item.added",
                        "response.content_part.added",
                        "response.output_audio.delta");
        live.gemini("{'serverContent':{'inputTranscription':{'text':' Now.','finished':true}}}");
        assertThat(live.types())
                .containsExactly(
                        "conversation.item.input_audio_transcription.delta",
                        "conversation.item.input_audio_transcription.completed");
        var completed = live.last("conversation.item.input_audio_transcription.completed");
        assertThat(completed.path("transcript").asString()).isEqualTo("What time? Now.");
        assertThat(completed.path("item_id").asString())
                .isEqualTo(live.last("input_audio_buffer.speech_started")
                        .path("item_id")
                        .asString());
        live.gemini("{'serverContent':{'generationComplete':true}}").pass(LAST_WORDS);
        assertThat(live.types()).endsWith("response.done");
        live.pass(Duration.ofSeconds(20)).gemini("{'serverContent':{'turnComplete':true}}");
        assertThat(live.types()).isEmpty();
    }

    @Test
    void endsAnInterruptedResponseOnce() {
        LiveLeg live = LiveLeg.ready(MODEL);
        live.audio(200).sound("AAAA");
        live.types();
        live.audio(100).gemini("{'serverContent':{'interrupted':true}}");
        assertThat(live.types())
                .containsExactly(
                        "input_audio_buffer.speech_started",
                        "response.output_audio.done",
                        "response.output_audio_transcript.done",
                        "response.content_part.done",
                        "conversation.item.done",
                        "response.output_item.done",
                        "response.done");
        var done = live.last("response.done").path("response");
        assertThat(done.path("status").asString()).isEqualTo("cancelled");
        assertThat(done.at("/status_details/reason").asString()).isEqualTo("turn_detected");
        live.sound("CCCC").gemini("{'serverContent':{'turnComplete':true}}");
        assertThat(live.types()).isEmpty();
        live.sound("DDDD");
        assertThat(live.types()).contains("response.created", "response.output_audio.delta");
    }

    @Test
    void tellsSpeechOverAnAnswerThatIsGeneratedButNotPlayed() {
        LiveLeg live = LiveLeg.ready(MODEL);
        live.audio(200)
                .sound("AAAA")
                .gemini("{'serverContent':{'generationComplete':true}}")
                .pass(LAST_WORDS);
        live.types();
        live.audio(100).gemini("{'serverContent':{'interrupted':true}}");
        assertThat(live.types()).containsExactly("input_audio_buffer.speech_started");
        live.gemini("{'serverContent':{'turnComplete':true}}");
        assertThat(live.types()).isEmpty();
    }

    @Test
    void takesAnInterruptionWithoutAnyAudioForNoSpeech() {
        LiveLeg live = LiveLeg.ready(MODEL);
        live.types();
        live.gemini("{'serverContent':{'interrupted':true}}").gemini("{'serverContent':{'turnComplete':true}}");
        assertThat(live.types()).isEmpty();
    }

    @Test
    void answersToolsInOneMessageAndKeepsTheResponseOfTheResults() {
        LiveLeg live = LiveLeg.ready(MODEL);
        live.types();
        live.gemini(
                "{'toolCall':{'functionCalls':[{'id':'a','name':'light','args':{'on':true}},{'id':'b','name':'time'}]},"
                        + "'usageMetadata':{'promptTokenCount':3,'totalTokenCount':3}}");
        assertThat(live.types())
                .containsExactly(
                        "response.created",
                        "response.output_item.added",
                        "conversation.item.added",
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.done",
                        "conversation.item.done",
                        "response.output_item.done",
                        "response.output_item.added",
                        "conversation.item.added",
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.done",
                        "conversation.item.done",
                        "response.output_item.done",
                        "response.done");
        var output = live.last("response.done").at("/response/output");
        assertThat(live.last("response.done").at("/response/usage/input_tokens").asInt())
                .isEqualTo(3);
        assertThat(output.at("/0/arguments").asString()).isEqualTo("{\"on\":true}");
        assertThat(output.at("/1/arguments").asString()).isEqualTo("{}");
        live.client("{'type':'conversation.item.create','item':{'type':'function_call_output','call_id':'"
                + output.at("/0/call_id").asString() + "','output':'done'}}");
        assertThat(live.kinds()).doesNotContain("toolResponse");
        live.client("{'type':'conversation.item.create','item':{'type':'function_call_output','call_id':'"
                        + output.at("/1/call_id").asString() + "','output':'{\\'h\\':9}'}}")
                .client("{'type':'response.create'}");
        assertThat(live.sent().getLast().at("/toolResponse/functionResponses").toString())
                .isEqualTo("[{\"id\":\"a\",\"name\":\"light\",\"response\":{\"output\":\"done\"}},"
                        + "{\"id\":\"b\",\"name\":\"time\",\"response\":{\"h\":9}}]");
        live.types();
        live.gemini("{'serverContent':{'turnComplete':true}}");
        assertThat(live.types()).isEmpty();
        live.gemini("{'toolCall':{'functionCalls':[{'id':'a','name':'light','args':{'on':true}}]}}");
        assertThat(live.types()).isEmpty();
        live.gemini("{'serverContent':{'outputTranscription':{'text':'It is on.'}}}")
                .sound("AAAA")
                .gemini("{'serverContent':{'generationComplete':true,'turnComplete':true}}");
        assertThat(live.types()).startsWith("response.output_item.added").endsWith("response.done");
    }

    @Test
    void goesOnAfterToolsThoughNobodyAsks() {
        LiveLeg live = LiveLeg.ready(MODEL);
        live.gemini("{'toolCall':{'functionCalls':[{'id':'a','name':'light'}]}}");
        String call =
                live.last("response.done").at("/response/output/0/call_id").asString();
        live.client("{'type':'conversation.item.create','item':{'type':'function_call_output','call_id':'" + call
                        + "','output':'done'}}")
                .pass(Duration.ofMillis(60));
        assertThat(live.kinds()).endsWith("toolResponse");
        live.types();
        live.gemini("{'serverContent':{'outputTranscription':{'text':'Done'}}}");
        assertThat(live.types()).startsWith("response.created").endsWith("response.output_audio_transcript.delta");
        assertThat(live.last("response.output_audio_transcript.delta")
                        .path("delta")
                        .asString())
                .isEqualTo("Done");
    }

    @Test
    void cancelsWhatTheClientNoLongerWants() {
        LiveLeg live = LiveLeg.ready(MODEL);
        live.client("{'type':'response.create'}").sound("AAAA");
        live.types();
        live.client("{'type':'response.cancel'}");
        assertThat(live.types()).endsWith("response.done");
        assertThat(live.last("response.done")
                        .at("/response/status_details/reason")
                        .asString())
                .isEqualTo("client_cancelled");
        assertThat(live.sent().getLast().toString()).isEqualTo("{\"clientContent\":{\"turnComplete\":false}}");
        live.sound("BBBB")
                .gemini("{'serverContent':{'interrupted':true}}")
                .gemini("{'serverContent':{'turnComplete':true}}");
        assertThat(live.types()).isEmpty();
        live.client("{'type':'response.cancel','event_id':'e7'}");
        assertThat(live.last("error").at("/error/code").asString()).isEqualTo("response_cancel_not_active");
        assertThat(live.last("error").at("/error/event_id").asString()).isEqualTo("e7");
    }

    @Test
    void sendsATurnOfTheClientsWhenItIsAskedAbout() {
        LiveLeg live = new LiveLeg(MODEL).open();
        live.client(
                "{'type':'session.update','session':{'type':'realtime','audio':{'input':{'turn_detection':null}}}}");
        live.audio(50).client("{'type':'input_audio_buffer.commit'}");
        assertThat(live.last("error").at("/error/code").asString()).isEqualTo("input_audio_buffer_commit_empty");
        live.audio(100);
        assertThat(live.kinds()).isEmpty();
        live.types();
        live.client("{'type':'input_audio_buffer.commit'}");
        assertThat(live.types())
                .containsExactly("input_audio_buffer.committed", "conversation.item.added", "conversation.item.done");
        live.client("{'type':'response.create'}").gemini("{'setupComplete':{}}");
        assertThat(live.kinds())
                .containsExactly(
                        "setup",
                        "realtimeInput.activityStart",
                        "realtimeInput.audio",
                        "realtimeInput.audio",
                        "realtimeInput.activityEnd");
        assertThat(live.sent()
                        .getFirst()
                        .at("/setup/realtimeInputConfig/automaticActivityDetection/disabled")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void survivesWhatIsNoMessage() {
        LiveLeg live = LiveLeg.ready(MODEL);
        live.types();
        live.gemini("{'serverContent':'no object','goAway':7,'toolCall':[],'usageMetadata':1,'news':{'a':1}}")
                .gemini("{'serverContent':{'modelTurn':{'parts':'x'},'inputTranscription':4,'turnComplete':'true'}}")
                .gemini("not json")
                .gemini(
                        "{'serverContent':{'modelTurn':{'parts':[{'inlineData':{'mimeType':'audio/pcm','data':'AA\\\\'}}]}}}");
        assertThat(live.types()).isEmpty();
        assertThat(live.closed).isNull();
        live.sound("AAAA");
        assertThat(live.types()).contains("response.output_audio.delta");
    }
}
