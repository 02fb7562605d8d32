package dev.parley.testkit.turns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Barge-in in whole sessions: what the client is told, what is dropped, and what the provider is told. */
class InterruptionTest {
    private static final String VAD = "{'type':'server_vad','create_response':true,'interrupt_response':true}";
    private static final String SPEECH = "{'type':'input_audio_buffer.speech_started','item_id':'user'}";

    private static List<ObjectNode> truncates(Talk talk) {
        return Talk.sent(talk.provider, "conversation.item.truncate");
    }

    private static int audioEvents(Talk talk) {
        return Talk.sent(talk.client, "response.output_audio.delta").size();
    }

    private static List<ObjectNode> cleared(Talk talk) {
        return Talk.sent(talk.client, "output_audio_buffer.cleared");
    }

    @Test
    void speechOverAnActiveAnswerStopsTheClientDropsLateAudioAndTruncatesAtWhatWasHeard() {
        Talk talk = new Talk(1, VAD);
        talk.answer("r1", "a1");
        talk.audio("a1", 2_000);
        talk.passes(700);
        talk.says(SPEECH);
        assertThat(cleared(talk)).singleElement().satisfies(event -> {
            assertThat(event.path("response_id").asString("")).isEqualTo("r1");
            assertThat(event.path("event_id").asString("")).startsWith("event_");
        });
        assertThat(truncates(talk)).singleElement().satisfies(event -> {
            assertThat(event.path("item_id").asString("")).isEqualTo("a1");
            assertThat(event.path("content_index").asInt(-1)).isZero();
            assertThat(event.path("audio_end_ms").asInt(-1)).isEqualTo(700);
        });
        assertThat(Talk.sent(talk.provider, "response.cancel"))
                .as("the provider cancels by itself")
                .isEmpty();
        talk.audio("a1", 200);
        talk.says("{'type':'response.output_audio_transcript.delta','item_id':'a1','delta':'late'}");
        assertThat(audioEvents(talk)).isOne();
        assertThat(Talk.sent(talk.client, "response.output_audio_transcript.delta"))
                .isEmpty();
        talk.done("r1", "a1", "cancelled", "one two three four");
        assertThat(truncates(talk)).hasSize(1);
        talk.answer("r2", "a2");
        talk.audio("a2", 100);
        assertThat(audioEvents(talk)).isEqualTo(2);
    }

    /** The listener hears the client's format, of which there are other numbers of bytes than of the provider's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'audio/pcm','rate':8000}",
                "{'type':'audio/pcm','rate':16000}",
                "{'type':'audio/pcm','rate':24000}"
            })
    void whatWasHeardIsCountedInTheClientsFormat(String format) {
        Talk talk = new Talk(1, VAD);
        talk.sends("{'type':'session.update','session':{'audio':{'output':{'format':" + format + "}}}}");
        talk.says("{'type':'session.updated','session':{'type':'realtime','audio':{'input':{'turn_detection':" + VAD
                + "},'output':{'format':{'type':'audio/pcm','rate':24000}}}}}");
        talk.answer("r1", "a1");
        for (int i = 0; i < 20; i++) {
            talk.audio("a1", 100);
        }
        talk.passes(700);
        talk.says(SPEECH);
        assertThat(truncates(talk))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.path("audio_end_ms").asInt(-1)).isEqualTo(700));
        assertThat(Talk.sent(talk.client, "response.output_audio.delta")
                        .getFirst()
                        .path("delta")
                        .asString("")
                        .length())
                .as("the first 100 ms")
                .isLessThanOrEqualTo(format.contains("24000") ? 6400 : format.contains("16000") ? 4268 : 2136);
    }

    @Test
    void speechOverAnAnswerThatIsDoneAndNotPlayedOutTruncatesItAndCancelsNothing() {
        Talk talk = new Talk(1, VAD);
        talk.answer("r1", "a1");
        talk.audio("a1", 2_000);
        talk.done("r1", "a1", "completed", "one two three four");
        talk.passes(500);
        talk.says(SPEECH);
        assertThat(cleared(talk)).hasSize(1);
        assertThat(truncates(talk))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.path("audio_end_ms").asInt(-1)).isEqualTo(500));
        assertThat(Talk.sent(talk.provider, "response.cancel")).isEmpty();
    }

    @Test
    void speechAfterAllWasHeardDoesNothing() {
        Talk talk = new Talk(1, VAD);
        talk.answer("r1", "a1");
        talk.audio("a1", 500);
        talk.done("r1", "a1", "completed", "one");
        talk.passes(600);
        talk.says(SPEECH);
        assertThat(cleared(talk)).isEmpty();
        assertThat(truncates(talk)).isEmpty();
    }

    @Test
    void speechDoesNothingWhereInterruptionIsOff() {
        Talk talk = new Talk(1, "{'type':'server_vad','interrupt_response':false}");
        talk.answer("r1", "a1");
        talk.audio("a1", 500);
        talk.says(SPEECH);
        talk.audio("a1", 500);
        assertThat(cleared(talk)).isEmpty();
        assertThat(truncates(talk)).isEmpty();
        assertThat(audioEvents(talk)).isEqualTo(2);
    }

    @Test
    void ofSeveralItemsTheOneBeingHeardIsTruncatedThereAndLaterOnesAtTheirBeginning() {
        Talk talk = new Talk(1, VAD);
        talk.answer("r1", "a1");
        talk.audio("a1", 300);
        talk.done("r1", "a1", "completed", "one");
        talk.answer("r2", "a2");
        talk.audio("a2", 1_000);
        talk.done("r2", "a2", "completed", "two");
        talk.answer("r3", "a3");
        talk.audio("a3", 1_000);
        talk.passes(400);
        talk.says(SPEECH);
        assertThat(truncates(talk))
                .extracting(event -> event.path("item_id").asString("") + "@"
                        + event.path("audio_end_ms").asInt(-1))
                .containsExactly("a2@100", "a3@0");
        assertThat(cleared(talk)).hasSize(1);
    }

    @Test
    void audioThatComesOnlyAfterTheInterruptionIsDroppedAndTruncatedOnce() {
        Talk talk = new Talk(1, VAD);
        talk.answer("r1", "a1");
        talk.says(SPEECH);
        assertThat(truncates(talk)).isEmpty();
        talk.audio("a1", 200);
        talk.audio("a1", 200);
        assertThat(audioEvents(talk)).isZero();
        assertThat(truncates(talk))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.path("audio_end_ms").asInt(-1)).isZero());
    }

    @Test
    void theApplicationsInterruptCancelsToo() {
        Talk talk = new Talk(1, "null");
        talk.answer("r1", "a1");
        talk.audio("a1", 1_000);
        talk.passes(250);
        talk.session.handle().interrupt();
        talk.lane.run();
        assertThat(Talk.sent(talk.provider, "response.cancel"))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.path("response_id").asString("")).isEqualTo("r1"));
        assertThat(truncates(talk)).hasSize(1);
        assertThat(cleared(talk)).hasSize(1);
        talk.session.handle().interrupt();
        talk.lane.run();
        assertThat(Talk.sent(talk.provider, "response.cancel")).hasSize(1);
        assertThat(truncates(talk)).hasSize(1);
    }

    @Test
    void anInterruptBeforeTheAnswerHasBegunEndsItWhenItBegins() {
        Talk talk = new Talk(1, "null");
        var said = talk.session.handle().say("hello");
        talk.lane.run();
        talk.session.handle().interrupt();
        talk.lane.run();
        assertThat(Talk.sent(talk.provider, "response.cancel")).isEmpty();
        talk.answer("r1", "a1");
        assertThat(Talk.sent(talk.provider, "response.cancel")).hasSize(1);
        talk.audio("a1", 100);
        assertThat(audioEvents(talk)).isZero();
        talk.done("r1", "a1", "cancelled", "");
        assertThat(said).isNotNull();
    }

    @Test
    void theErrorsOfOwnCancelsAndTruncatesStayHere() {
        Talk talk = new Talk(1, "null");
        talk.answer("r1", "a1");
        talk.audio("a1", 1_000);
        talk.session.handle().interrupt();
        talk.lane.run();
        for (ObjectNode event : Talk.sent(talk.provider)) {
            String id = event.path("event_id").asString("");
            talk.says("{'type':'error','error':{'code':'any','event_id':'" + id + "'}}");
        }
        assertThat(Talk.sent(talk.client, "error")).isEmpty();
        talk.says("{'type':'error','error':{'code':'any','event_id':'not_ours'}}");
        assertThat(Talk.sent(talk.client, "error")).hasSize(1);
    }

    @Test
    void theClientsOwnTruncateWinsIfItComesFirst() {
        Talk talk = new Talk(1, VAD);
        talk.answer("r1", "a1");
        talk.audio("a1", 1_000);
        talk.passes(300);
        talk.sends("{'type':'conversation.item.truncate','item_id':'a1','content_index':0,'audio_end_ms':210}");
        talk.says(SPEECH);
        assertThat(truncates(talk))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.path("audio_end_ms").asInt(-1)).isEqualTo(210));
        talk.audio("a1", 100);
        assertThat(audioEvents(talk)).isOne();
    }

    @Test
    void theClientsOwnTruncateGoesNoFurtherIfItComesSecond() {
        Talk talk = new Talk(1, VAD);
        talk.answer("r1", "a1");
        talk.audio("a1", 1_000);
        talk.passes(300);
        talk.says(SPEECH);
        talk.sends("{'type':'conversation.item.truncate','item_id':'a1','content_index':0,'audio_end_ms':210}");
        assertThat(truncates(talk))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.path("audio_end_ms").asInt(-1)).isEqualTo(300));
    }

    @Test
    void theClientMayClearItsOutputItself() {
        Talk talk = new Talk(1, "null");
        talk.answer("r1", "a1");
        talk.audio("a1", 1_000);
        talk.passes(300);
        talk.sends("{'type':'output_audio_buffer.clear'}");
        assertThat(cleared(talk)).hasSize(1);
        assertThat(truncates(talk)).hasSize(1);
        assertThat(Talk.sent(talk.provider, "output_audio_buffer.clear")).isEmpty();
        assertThat(Talk.sent(talk.provider, "response.cancel")).isEmpty();
    }

    @Test
    void aProviderThatGoesOnAlthoughItShouldHaveCancelledIsTold() {
        Talk talk = new Talk(1, VAD);
        talk.answer("r1", "a1");
        talk.audio("a1", 1_000);
        talk.says(SPEECH);
        talk.audio("a1", 100);
        talk.passes(1_500);
        talk.audio("a1", 100);
        talk.audio("a1", 100);
        assertThat(Talk.sent(talk.provider, "response.cancel")).hasSize(1);
    }

    @Test
    void badReportsAreToldAndReportsGoNoFurther() {
        for (boolean agent : new boolean[] {true, false}) {
            Talk talk = new Talk(1, VAD, agent);
            talk.sends(
                    "{'type':'playback.position','item_id':'a1','audio_end_ms':10,'event_id':'good'}",
                    "{'type':'playback.position','item_id':'a1','audio_end_ms':'ten','event_id':'bad'}",
                    "{'type':'playback.position','audio_end_ms':10}",
                    "{'type':'playback.position','item_id':'a1','audio_end_ms':-1}",
                    "{'type':'playback.position','item_id':'a1','audio_end_ms':1,'content_index':1.5}",
                    "{'type':'playback.position','item_id':'a1','audio_end_ms':1,'playing':'yes'}");
            assertThat(Talk.sent(talk.provider, "playback.position")).isEmpty();
            assertThat(Talk.sent(talk.client, "error"))
                    .hasSize(5)
                    .first()
                    .satisfies(event -> assertThat(
                                    event.path("error").path("event_id").asString(""))
                            .isEqualTo("bad"));
        }
    }

    /**
     * A client with a jitter buffer, whose real playout is known to the ms, in many random sessions: audio comes in bursts
     * and with gaps, the client reads slowly at times, and speech starts at any moment.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theTruncatePositionIsWhatAPacedClientHasPlayed(boolean reports) {
        SplittableRandom dice = new SplittableRandom(7);
        List<Long> off = new ArrayList<>();
        for (int seed = 0; seed < 300; seed++) {
            off.add(off(seed, dice, reports));
        }
        assertThat(off.stream().mapToLong(Math::abs).max().orElse(0)).isLessThanOrEqualTo(60);
    }

    /** By how many ms the truncate position was beyond what was played. */
    private static long off(long seed, SplittableRandom dice, boolean reports) {
        Talk talk = new Talk(seed, VAD);
        talk.answer("r1", "a1");
        Loudspeaker speaker = new Loudspeaker(talk, reports ? 150 : 20, reports);
        int speech = 200 + dice.nextInt(4_000);
        int generated = 0;
        int slowFrom = dice.nextInt(3_000);
        for (int ms = 0; ms < speech; ms += 10) {
            if (dice.nextInt(20) == 0 && generated < 8_000) {
                int chunk = 50 + dice.nextInt(400);
                talk.audio("a1", chunk);
                generated += chunk;
            }
            talk.client.writable(ms < slowFrom || ms > slowFrom + 600);
            talk.lane.run();
            speaker.plays(10);
            talk.passes(10);
        }
        speaker.plays(0);
        talk.says(SPEECH);
        List<ObjectNode> truncates = truncates(talk);
        return truncates.isEmpty()
                ? 0
                : truncates.getFirst().path("audio_end_ms").asLong(-1) - speaker.played("a1");
    }
}
