package dev.parley.testkit.gemini;

import static dev.parley.testkit.gemini.GeminiRig.LIVE_38;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Settings that change in the middle of a session with Gemini: told when they are in force, and not before. */
class SettingsChangesTest {
    private static final String SLOWER =
            "{'type':'session.update','event_id':'u1','session':{'type':'realtime','audio':{"
                    + "'input':{'turn_detection':{'type':'server_vad','silence_duration_ms':900}}}}}";

    private final GeminiRig rig = talked();

    private static GeminiRig talked() {
        GeminiRig rig = GeminiRig.ready(LIVE_38);
        rig.text("I am Ann").respond();
        rig.line()
                .tell(new ModelMessage()
                        .transcript("Hello Ann")
                        .audio(new byte[960])
                        .generationComplete()
                        .turnComplete());
        rig.fresh();
        return rig;
    }

    @Test
    void whatNeedsANewConnectionIsToldWhenThatIsThere() {
        rig.client(SLOWER);
        assertThat(rig.fresh()).isEmpty();
        rig.line().leg.open();
        rig.lane.run();
        assertThat(rig.line()
                        .sent("setup")
                        .getFirst()
                        .at("/realtimeInputConfig/automaticActivityDetection/silenceDurationMs")
                        .asInt())
                .isEqualTo(900);
        assertThat(rig.fresh()).isEmpty();
        rig.line().raw("{\"setupComplete\":{}}");
        assertThat(rig.fresh()).containsExactly("session.updated");
        assertThat(rig.line().sent("clientContent")).isEmpty();
    }

    @Test
    void instructionsChangeOnTheConnectionThatIsThere() {
        rig.client("{'type':'session.update','session':{'type':'realtime','instructions':'Whisper.'}}");
        assertThat(rig.fresh()).containsExactly("session.updated");
        assertThat(rig.lines).hasSize(1);
        assertThat(rig.line().sent("contextUpdate").toString()).contains("Whisper.");
    }

    @Test
    void whatIsNotAcceptedIsAnErrorAndTheSessionGoesOn() {
        rig.client(SLOWER);
        for (int i = 0; i < 2; i++) {
            rig.line().leg.open();
            rig.lane.run();
            rig.line().close(1007, "Request contains an invalid argument.");
            rig.lane.advance(Duration.ofSeconds(2));
        }
        assertThat(rig.fresh()).containsExactly("error");
        assertThat(rig.all("error").getLast().at("/error/event_id").asString()).isEqualTo("u1");
        rig.lane.advance(Duration.ofMinutes(5));
        assertThat(rig.lines).hasSize(3);
        rig.audio(40);
        assertThat(rig.lines.getFirst().sent("realtimeInput")).isNotEmpty();
        assertThat(rig.closed()).isNull();
    }

    @Test
    void aResultOfACallThatAFreshConnectionDoesNotKnowIsToldInWords() {
        rig.line().tell(new ModelMessage().call("a", "light", null));
        var call = rig.all("response.done").getLast().at("/response/output/0");
        rig.line().close(1007, "Request contains an invalid argument.");
        rig.result(call, "done").respond();
        rig.lane.advance(Duration.ofSeconds(1));
        rig.line().leg.open();
        rig.lane.run();
        rig.line().raw("{\"setupComplete\":{}}");
        assertThat(rig.line().sent("toolResponse")).isEmpty();
        assertThat(rig.line().sent("clientContent").toString()).contains("The function light returned done");
        assertThat(rig.line()
                        .sent("clientContent")
                        .getLast()
                        .path("turnComplete")
                        .asBoolean())
                .isTrue();
    }
}
