package dev.parley.testkit.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Connections to Gemini that end, and are replaced, under a session that goes on; in virtual time. */
class LiveConnectionsTest {
    private static final String MODEL = "gemini-3.8-live";
    private static final String HANDLE = "{'sessionResumptionUpdate':{'newHandle':'h1','resumable':true}}";

    private static LiveLeg talked() {
        LiveLeg live = LiveLeg.ready(MODEL);
        live.gemini(HANDLE)
                .client("{'type':'conversation.item.create','item':{'type':'message','role':'user','content':"
                        + "[{'type':'input_text','text':'I am Ann'}]}}")
                .client("{'type':'response.create'}")
                .gemini("{'serverContent':{'outputTranscription':{'text':'Hello Ann'}}}")
                .sound("AAAA")
                .gemini("{'serverContent':{'generationComplete':true,'turnComplete':true}}");
        live.types();
        return live;
    }

    @Test
    void resumesUnseenWhenTheConnectionIsLost() {
        LiveLeg live = talked();
        live.end(1011, "Internal error");
        live.audio(100);
        assertThat(live.connections).hasSize(2);
        live.open();
        assertThat(live.sent().getFirst().at("/setup/sessionResumption/handle").asString())
                .isEqualTo("h1");
        assertThat(live.kinds()).containsExactly("setup");
        live.gemini("{'setupComplete':{}}");
        assertThat(live.kinds()).containsExactly("setup", "realtimeInput.audio", "realtimeInput.audio");
        assertThat(live.types()).isEmpty();
        assertThat(live.closed).isNull();
    }

    @Test
    void endsTheResponseThatWasUnderWay() {
        LiveLeg live = talked();
        live.client("{'type':'response.create'}").sound("AAAA");
        live.end(1006, "").open();
        assertThat(live.last("response.done").at("/response/status").asString()).isEqualTo("failed");
        live.gemini("{'setupComplete':{}}").client("{'type':'response.create'}").sound("AAAA");
        assertThat(live.types()).endsWith("response.output_audio.delta");
    }

    @Test
    void beginsAfreshWithTheConversationWhereItCannotBeResumed() {
        LiveLeg live = talked();
        live.end(1011, "Internal error").open().end(1007, "Request contains an invalid argument.");
        live.pass(Duration.ofSeconds(1)).open();
        assertThat(live.connections).hasSize(3);
        assertThat(live.sent().getFirst().at("/setup/sessionResumption").has("handle"))
                .isFalse();
        live.gemini("{'setupComplete':{}}");
        assertThat(live.sent().get(1).path("clientContent").toString())
                .isEqualTo("{\"turns\":[{\"role\":\"user\",\"parts\":[{\"text\":\"I am Ann\"}]},"
                        + "{\"role\":\"model\",\"parts\":[{\"text\":\"Hello Ann\"}]}],\"turnComplete\":true}");
        assertThat(live.closed).isNull();
    }

    @Test
    void doesNotTryForEver() {
        LiveLeg live = talked();
        live.end(1007, "Request contains an invalid argument.");
        live.pass(Duration.ofSeconds(1)).open().gemini("{'setupComplete':{}}");
        live.end(1007, "Request contains an invalid argument.").pass(Duration.ofMinutes(1));
        assertThat(live.connections).hasSize(2);
        assertThat(live.failure()).isEqualTo(Failure.PROVIDER_REJECTED);
    }

    @Test
    void givesUpOnAServerThatIsGone() {
        LiveLeg live = talked();
        live.end(1011, "Internal error");
        for (int i = 0; i < 10 && live.closed == null; i++) {
            live.connection().end(CloseReason.of(Failure.PROVIDER_UNREACHABLE, "nobody is there"));
            live.pass(Duration.ofSeconds(5));
        }
        assertThat(live.connections).hasSizeBetween(4, 7);
        assertThat(live.failure()).isEqualTo(Failure.PROVIDER_UNREACHABLE);
    }

    @Test
    void saysWhatIsWrongWithKeyModelAndQuota() {
        assertThat(refusedAtSetup(1007, "API key not valid. Please pass a valid API key."))
                .isEqualTo(Failure.PROVIDER_KEY);
        assertThat(refusedAtSetup(1008, "models/x is not found for API version v1beta"))
                .isEqualTo(Failure.PROVIDER_MODEL);
        assertThat(refusedAtSetup(1011, "You exceeded your current quota")).isEqualTo(Failure.PROVIDER_QUOTA);
        assertThat(refusedAtSetup(1007, "Request contains an invalid argument."))
                .isEqualTo(Failure.PROVIDER_REJECTED);
    }

    private static Failure refusedAtSetup(int code, String text) {
        LiveLeg live = new LiveLeg(MODEL).open().pass(Duration.ofSeconds(2));
        assertThat(live.kinds()).containsExactly("setup");
        live.end(code, text).pass(Duration.ofMinutes(1));
        assertThat(live.connections).hasSize(1);
        return live.failure();
    }

    @Test
    void replacesTheConnectionAtAQuietMomentBeforeItEnds() {
        LiveLeg live = talked();
        live.client("{'type':'response.create'}").sound("AAAA");
        live.gemini("{'goAway':{'timeLeft':'50s'}}").open();
        assertThat(live.connections).hasSize(2);
        assertThat(live.sent()).isEmpty();
        var old = live.connections.getFirst();
        live.gemini(
                old,
                "{'serverContent':{'modelTurn':{'parts':[{'inlineData':{'mimeType':'audio/pcm;rate=24000',"
                        + "'data':'BBBB'}}]}}}");
        live.gemini(old, "{'serverContent':{'generationComplete':true,'turnComplete':true}}");
        assertThat(live.last("response.done").at("/response/status").asString()).isEqualTo("completed");
        assertThat(live.sent().getFirst().at("/setup/sessionResumption/handle").asString())
                .isEqualTo("h1");
        live.audio(40);
        assertThat(live.kinds()).containsExactly("setup");
        live.gemini("{'setupComplete':{}}").pass(Duration.ofSeconds(1));
        assertThat(live.kinds()).startsWith("setup", "realtimeInput.audio");
        assertThat(old.over()).isTrue();
        assertThat(live.closed).isNull();
    }

    @Test
    void replacesAConnectionOfTheLongestAge() {
        LiveLeg live = talked();
        live.pass(Duration.ofMinutes(56)).open();
        assertThat(live.connections).hasSize(2);
        assertThat(live.kinds()).containsExactly("setup");
        live.gemini("{'setupComplete':{}}").pass(Duration.ofMinutes(56)).open();
        assertThat(live.connections).hasSize(3);
    }

    @Test
    void keepsResultsOfToolsForTheNextConnection() {
        LiveLeg live = talked();
        live.gemini("{'toolCall':{'functionCalls':[{'id':'a','name':'light'}]}}");
        String call =
                live.last("response.done").at("/response/output/0/call_id").asString();
        live.end(1011, "Internal error");
        live.client("{'type':'conversation.item.create','item':{'type':'function_call_output','call_id':'" + call
                        + "','output':'done'}}")
                .client("{'type':'response.create'}");
        live.open().gemini("{'setupComplete':{}}");
        assertThat(live.kinds()).containsExactly("setup", "toolResponse");
    }

    @Test
    void tellsResultsOfToolsInWordsToASessionThatDoesNotKnowTheCall() {
        LiveLeg live = talked();
        live.gemini("{'toolCall':{'functionCalls':[{'id':'a','name':'light'}]}}");
        String call =
                live.last("response.done").at("/response/output/0/call_id").asString();
        live.end(1007, "Request contains an invalid argument.");
        live.client("{'type':'conversation.item.create','item':{'type':'function_call_output','call_id':'" + call
                        + "','output':'done'}}")
                .client("{'type':'response.create'}");
        live.pass(Duration.ofSeconds(1)).open().gemini("{'setupComplete':{}}");
        assertThat(live.kinds()).doesNotContain("toolResponse");
        assertThat(live.sent().toString()).contains("The function light returned done");
        assertThat(live.sent().getLast().at("/clientContent/turnComplete").asBoolean())
                .isTrue();
    }

    @Test
    void putsNewSettingsInForceByANewConnectionBeforeItSaysSo() {
        LiveLeg live = talked();
        live.client("{'type':'session.update','event_id':'u1','session':{'type':'realtime','audio':{'input':"
                + "{'turn_detection':{'type':'server_vad','silence_duration_ms':900}}}}}");
        assertThat(live.types()).isEmpty();
        live.open();
        assertThat(live.sent()
                        .getFirst()
                        .at("/setup/realtimeInputConfig/automaticActivityDetection/silenceDurationMs")
                        .asInt())
                .isEqualTo(900);
        live.gemini("{'setupComplete':{}}");
        assertThat(live.types()).containsExactly("session.updated");
    }

    @Test
    void keepsTheSettingsItHadWhereNewOnesAreNotAccepted() {
        LiveLeg live = talked();
        live.client("{'type':'session.update','event_id':'u1','session':{'type':'realtime','audio':{'input':"
                + "{'turn_detection':{'type':'server_vad','silence_duration_ms':900}}}}}");
        live.open().end(1007, "Request contains an invalid argument.").pass(Duration.ofSeconds(2));
        live.open().end(1007, "Request contains an invalid argument.").pass(Duration.ofMinutes(1));
        assertThat(live.types()).containsExactly("error");
        assertThat(live.last("error").at("/error/event_id").asString()).isEqualTo("u1");
        assertThat(live.connections).hasSize(3);
        live.connections.removeLast();
        live.connections.removeLast();
        live.audio(40);
        assertThat(live.kinds()).endsWith("realtimeInput.audio");
    }

    @Test
    void wakesAModelThatSaysNothing() {
        LiveLeg live = talked();
        live.client("{'type':'conversation.item.create','item':{'type':'message','role':'user','content':"
                        + "[{'type':'input_text','text':'Well?'}]}}")
                .client("{'type':'response.create'}");
        int before = live.sent().size();
        live.pass(Duration.ofSeconds(9));
        assertThat(live.sent()).hasSize(before + 1);
        live.pass(Duration.ofSeconds(8)).open().gemini("{'setupComplete':{}}");
        assertThat(live.connections).hasSize(2);
        live.pass(Duration.ofSeconds(9));
        assertThat(live.last("response.done")
                        .at("/response/status_details/error/code")
                        .asString())
                .isEqualTo("provider_stalled");
        assertThat(live.closed).isNull();
    }

    @Test
    void leavesNoConnectionBehind() {
        LiveLeg live = talked();
        live.gemini("{'goAway':{'timeLeft':'50s'}}").open();
        live.lane.execute(() -> live.leg.close(CloseReason.of(Failure.NORMAL, "")));
        live.pass(Duration.ofMinutes(2));
        assertThat(live.connections).allMatch(each -> each.over());
        assertThat(live.closed).isNotNull();
        assertThat(live.connections).hasSize(2);
    }
}
