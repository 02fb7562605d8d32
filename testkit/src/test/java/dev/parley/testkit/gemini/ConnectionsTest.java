package dev.parley.testkit.gemini;

import static dev.parley.testkit.gemini.GeminiRig.LIVE_31;
import static dev.parley.testkit.gemini.GeminiRig.LIVE_38;
import static dev.parley.testkit.gemini.GeminiRig.NATIVE_25;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Json;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** One session over many connections to Gemini: announced ends, lost ones, and long silences. */
class ConnectionsTest {
    private GeminiRig rig = GeminiRig.ready(NATIVE_25);

    @AfterEach
    void everyEventWasInOrder() {
        rig.lines.forEach(GeminiRig.Line::sent);
        assertThat(rig.order.faults()).isEmpty();
    }

    private static ModelMessage says(String words) {
        return new ModelMessage().transcript(words).audio(new byte[960]);
    }

    private static String handle(GeminiRig.Line line) {
        return line.sent("setup").getFirst().at("/sessionResumption/handle").asString("");
    }

    private void turn() {
        rig.text("Hi").respond();
        rig.line().tell(says("Hello.").generationComplete().turnComplete());
    }

    @Test
    void anAnnouncedEndIsNotNoticedAndNothingIsToldAgain() {
        turn();
        rig.fresh();
        rig.line().handle("handle-2").tell(new ModelMessage().goAway(Duration.ofSeconds(50)));
        assertThat(rig.lines).hasSize(2);
        rig.line().leg.open();
        rig.advance(10);
        assertThat(handle(rig.line())).isEqualTo("handle-2");
        rig.audio(100);
        rig.line().raw("{\"setupComplete\":{}}");
        rig.advance(100);
        assertThat(rig.lines.getFirst().leg.over()).isTrue();
        assertThat(rig.fresh()).isEmpty();
        assertThat(rig.line().sent("clientContent")).isEmpty();
        assertThat(rig.line().sent("realtimeInput")).isNotEmpty();
        turn();
        assertThat(rig.all("response.done")).hasSize(2);
    }

    @Test
    void anAnnouncedEndWaitsForTheAnswerThatIsBeingGiven() {
        rig.text("Hi").respond();
        rig.line().tell(says("Hel")).tell(new ModelMessage().goAway(Duration.ofSeconds(50)));
        rig.line().leg.open();
        rig.advance(1000);
        assertThat(rig.line().sent()).isEmpty();
        rig.lines.getFirst().tell(says("lo.").generationComplete().turnComplete());
        rig.advance(1000);
        assertThat(rig.line().sent("setup")).hasSize(1);
        rig.line().raw("{\"setupComplete\":{}}");
        assertThat(rig.done().at("/output/0/content/0/transcript").asString()).isEqualTo("Hello.");
    }

    @Test
    void anAnswerThatLastsUntilTheEndIsCutForIt() {
        rig.text("Hi").respond();
        rig.line().tell(says("Hel")).tell(new ModelMessage().goAway(Duration.ofSeconds(20)));
        rig.line().leg.open();
        rig.advance(16_000);
        assertThat(rig.line().sent("setup")).hasSize(1);
        assertThat(rig.closed()).isNull();
    }

    @Test
    void aLostConnectionIsResumedAndWhatWasSaidMeanwhileGoesOut() {
        turn();
        rig.line().close(1011, "Internal error.");
        rig.advance(10);
        assertThat(rig.lines).hasSize(2);
        rig.text("Still there?").respond();
        rig.line().ready(null);
        assertThat(handle(rig.line())).isEqualTo("handle-1");
        assertThat(rig.line().sent("clientContent")).hasSize(1);
        rig.line().tell(says("Yes.").generationComplete().turnComplete());
        assertThat(rig.all("response.done")).hasSize(2);
        assertThat(rig.errors()).isEmpty();
    }

    @Test
    void anAnswerOnALostConnectionHasFailedAndTheSessionGoesOn() {
        rig.text("Hi").respond();
        rig.line().tell(says("Hel"));
        rig.line().close(1006, "");
        assertThat(rig.done().path("status").asString()).isEqualTo("failed");
        rig.advance(10);
        rig.line().ready("handle-2");
        turn();
        assertThat(rig.all("response.done")).hasSize(2);
    }

    @Test
    void aResultIsNotLostWhileTheConnectionIsReplaced() {
        rig.text("Find it").respond();
        rig.line().tell(new ModelMessage().call("c1", "find", Json.object()));
        JsonNode call = rig.all("response.function_call_arguments.done").getFirst();
        rig.line().close(1011, "Internal error.");
        rig.advance(10);
        rig.result(call, "found").respond();
        rig.line().ready("handle-2");
        rig.advance(100);
        List<JsonNode> told = rig.line().sent().stream()
                .filter(message -> message.toString().contains("found"))
                .map(message -> (JsonNode) message)
                .toList();
        assertThat(told).hasSize(1);
    }

    @Test
    void aRefusedHandleIsFollowedByOneFreshConnectionWithTheConversation() {
        turn();
        rig.line().close(1011, "Deadline expired");
        rig.advance(10);
        rig.line().leg.open();
        rig.advance(10);
        rig.line().close(1007, "Request contains an invalid argument.");
        rig.advance(1000);
        assertThat(rig.lines).hasSize(3);
        rig.line().ready(null);
        assertThat(handle(rig.line())).isEmpty();
        assertThat(rig.line().sent("clientContent").toString()).contains("Hi").contains("Hello.");
        rig.advance(1000);
        assertThat(rig.closed()).isNull();
    }

    @Test
    void whatIsRefusedAgainAndAgainEndsTheSession() {
        turn();
        rig.line().close(1007, "Request contains an invalid argument.");
        rig.advance(1000);
        for (int i = 0; i < 10 && rig.closed() == null; i++) {
            if (!rig.line().leg.over()) {
                rig.line().ready(null);
                rig.line().close(1007, "Request contains an invalid argument.");
            }
            rig.advance(20_000);
        }
        assertThat(rig.closed()).isNotNull();
        assertThat(rig.lines.size()).isLessThan(8);
    }

    @Test
    void aConnectionIsReplacedBeforeTheServerEndsItAfter58Minutes() {
        rig = GeminiRig.ready(LIVE_38);
        rig.advance(Duration.ofMinutes(50).toMillis());
        assertThat(rig.lines).hasSize(1);
        rig.advance(Duration.ofMinutes(7).toMillis());
        assertThat(rig.lines).hasSize(2);
        rig.line().ready("handle-2");
        rig.advance(Duration.ofMinutes(57).toMillis());
        assertThat(rig.lines).hasSize(3);
        assertThat(rig.closed()).isNull();
    }

    @Test
    void aBadKeyAnUnknownModelAndAQuotaEndTheSessionAtOnceAndQuoteNoKey() {
        for (String reason : List.of(
                "1007 API key not valid. Please pass a valid API key.",
                "1008 models/gemini-none is not found for API version v1beta",
                "1011 You exceeded your current quota, please check your plan")) {
            rig = GeminiRig.opened(NATIVE_25);
            rig.text("Hi").respond();
            rig.line().close(Integer.parseInt(reason.substring(0, 4)), reason.substring(5));
            rig.advance(60_000);
            assertThat(rig.closed()).as(reason).isNotNull();
            assertThat(rig.lines).as(reason).hasSize(1);
        }
    }

    @Test
    void aModelThatSaysNothingIsNudgedThenAskedAnewThenGivenUp() {
        rig.text("Hi").respond();
        int before = rig.line().sent().size();
        rig.advance(9000);
        assertThat(rig.line().sent()).hasSize(before + 1);
        rig.advance(9000);
        assertThat(rig.lines).hasSize(2);
        rig.line().ready("handle-2");
        rig.advance(20_000);
        assertThat(rig.done().path("status").asString()).isEqualTo("failed");
        turn();
        assertThat(rig.all("response.done")).hasSize(2);
    }

    @Test
    void strangeMessagesAreSurvived() {
        rig.text("Hi").respond();
        GeminiRig.Line line = rig.line();
        line.raw("{\"serverContent\":{\"modelTurn\":\"a\"},\"next\":1}");
        line.raw("{\"serverContent\":\"a\"}")
                .raw("{\"serverContent\":[1]}")
                .raw("[1,2]")
                .raw("\"a\"")
                .raw("{");
        line.raw("{\"usageMetadata\":[],\"toolCall\":\"x\",\"goAway\":7,\"sessionResumptionUpdate\":true}");
        line.raw("{\"serverContent\":{\"outputTranscription\":\"a\",\"inputTranscription\":[],\"modelTurn\":{\"parts\":"
                + "{\"a\":1}}}}");
        line.raw("{\"toolCall\":{\"functionCalls\":[\"a\",{\"args\":\"b\"},{\"name\":7}]}}");
        line.raw("{\"goAway\":{\"timeLeft\":{}}}").raw("{\"goAway\":{\"timeLeft\":\"soon\"}}");
        line.raw("{\"usageMetadata\":{\"promptTokenCount\":\"12\",\"promptTokensDetails\":{}}}");
        line.raw("").raw("null");
        line.raw("{\"serverContent\":{\"modelTurn\":{\"parts\":[{\"inlineData\":\"a\"},{\"inlineData\":{\"data\":1}},"
                + "{\"inlineData\":{\"mimeType\":\"audio/pcm;rate=x\",\"data\":\"!!\"}},7,null]}}}");
        assertThat(rig.closed()).isNull();
        rig.fresh();
        rig.advance(2000);
        // None of them need have ended the answer.
        if (rig.all("response.done").isEmpty()) {
            rig.line().tell(says("Hello.").generationComplete().turnComplete());
        }
        rig.advance(2000);
        assertThat(rig.all("response.done")).isNotEmpty();
        rig.text("Next").respond();
        rig.line().tell(says("Good.").generationComplete().turnComplete());
        rig.advance(1000);
        JsonNode last =
                Objects.requireNonNull(rig.all("response.done").getLast()).path("response");
        assertThat(last.at("/output/0/content/0/transcript").asString()).isEqualTo("Good.");
    }

    @Test
    void textOnAModelThatTakesNoContentLaterIsRealtime() {
        rig = GeminiRig.ready(LIVE_31);
        turn();
        rig.text("And now?").respond();
        assertThat(rig.line().sent("realtimeInput").getLast().path("text").asString())
                .contains("And now?");
    }
}
