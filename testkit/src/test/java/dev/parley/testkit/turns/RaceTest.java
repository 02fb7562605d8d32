package dev.parley.testkit.turns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Json;
import dev.parley.testkit.turns.Race.Result;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Requests for responses from the client, the application and the provider's own turn detection, at random times. */
class RaceTest {
    private static final int SESSIONS = 1_000;

    @Test
    void noWishIsLostAndNoErrorOfAnOwnRequestReachesTheClient() {
        int wishes = 0;
        int met = 0;
        int answered = 0;
        for (long seed = 0; seed < SESSIONS; seed++) {
            Result result;
            try {
                result = new Race(seed).run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
            wishes += result.wishes();
            met += result.met();
            answered += result.answered();
        }
        // Own requests meet another response only where nobody can know of it beforehand.
        assertThat(met).isLessThan(wishes / 20);
        assertThat(answered).isGreaterThan(wishes * 3 / 4);
    }

    @Test
    void theClientsRequestIsHeldWhileTheAgentsResponseIsActive() {
        Talk talk = new Talk(1, "null");
        talk.session.handle().sendText("hello");
        talk.lane.run();
        talk.sends("{'type':'response.create','event_id':'c1','response':{'instructions':'as sent'}}");
        assertThat(Talk.sent(talk.provider, "response.create")).hasSize(1);
        talk.answer("r1", "a1");
        talk.done("r1", "a1", "completed", "one");
        assertThat(Talk.sent(talk.provider, "response.create"))
                .hasSize(2)
                .last()
                .isEqualTo((ObjectNode) Json.mapper()
                        .readTree("{\"type\":\"response.create\",\"event_id\":\"c1\","
                                + "\"response\":{\"instructions\":\"as sent\"}}"));
    }

    @Test
    void whatIsSentWhenTimeIsUpGoesOutAtOnce() {
        Talk talk = new Talk(1, "{'type':'server_vad'}");
        talk.says("{'type':'input_audio_buffer.speech_stopped','item_id':'u1'}");
        talk.session.handle().sendText("hello");
        talk.passes(2_900);
        assertThat(Talk.sent(talk.provider, "response.create")).isEmpty();
        talk.passes(200);
        assertThat(Talk.sent(talk.provider, "response.create")).hasSize(1);
        assertThat(talk.provider.unflushed()).isFalse();
    }

    @Test
    void aResponseOutOfBandIsNoneOfTheConversation() {
        Talk talk = new Talk(1, "null");
        talk.sends("{'type':'response.create','response':{'conversation':'none'}}");
        talk.says("{'type':'response.created','response':{'id':'o1','conversation_id':null}}");
        talk.session.handle().sendText("hello");
        talk.lane.run();
        assertThat(Talk.sent(talk.provider, "response.create")).hasSize(2);
    }

    @Test
    void anEndedSessionSettlesWishesAndLeavesNoTimer() {
        Talk talk = new Talk(1, "{'type':'server_vad'}");
        talk.says("{'type':'input_audio_buffer.speech_started','item_id':'u1'}");
        var answer = talk.session.handle().ask("hello");
        talk.lane.run();
        assertThat(Talk.sent(talk.provider, "response.create")).isEmpty();
        talk.session.handle().disconnect();
        talk.lane.run();
        assertThat(talk.lane.waiting()).isZero();
        assertThat(answer).failsWithin(Duration.ofSeconds(10));
    }
}
