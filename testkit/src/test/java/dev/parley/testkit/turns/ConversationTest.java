package dev.parley.testkit.turns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Turn;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The conversation as it was: in whatever order its parts become known, and as far as it was heard. */
class ConversationTest {
    private static final String VAD = "{'type':'server_vad'}";

    private static void user(Talk talk, String item, String previous) {
        talk.says(
                "{'type':'input_audio_buffer.speech_started','item_id':'" + item + "'}",
                "{'type':'input_audio_buffer.speech_stopped','item_id':'" + item + "'}",
                "{'type':'input_audio_buffer.committed','previous_item_id':" + previous + ",'item_id':'" + item + "'}",
                "{'type':'conversation.item.added','previous_item_id':" + previous + ",'item':{'id':'" + item
                        + "','type':'message','status':'completed','role':'user',"
                        + "'content':[{'type':'input_audio','transcript':null}]}}");
    }

    private static void transcript(Talk talk, String item, String text) {
        talk.says("{'type':'conversation.item.input_audio_transcription.completed','item_id':'" + item
                + "','content_index':0,'transcript':'" + text + "'}");
    }

    private static void answer(Talk talk, String number, int ms, String text) {
        talk.answer("r" + number, "a" + number);
        talk.audio("a" + number, ms);
        talk.done("r" + number, "a" + number, "completed", text);
    }

    private static List<String> texts(List<Turn> turns) {
        return turns.stream().map(Turn::text).toList();
    }

    @Test
    void turnsAreToldInTheConversationsOrderThoughTranscriptsComeLateAndOutOfOrder() throws Exception {
        Talk talk = new Talk(1, VAD);
        user(talk, "u1", "null");
        answer(talk, "1", 300, "Hello.");
        talk.passes(400);
        user(talk, "u2", "'a1'");
        assertThat(talk.told).isEmpty();
        transcript(talk, "u2", "Second.");
        assertThat(talk.told).isEmpty();
        transcript(talk, "u1", "First.");
        assertThat(talk.nextTurn().text()).isEqualTo("First.");
        assertThat(talk.nextTurn().text()).isEqualTo("Hello.");
        Turn second = talk.nextTurn();
        assertThat(second.text()).isEqualTo("Second.");
        assertThat(second.role()).isEqualTo(Turn.Role.USER);
        assertThat(second.heard()).isEqualTo("Second.");
        assertThat(second.interrupted()).isFalse();
        assertThat(texts(talk.session.handle().conversation())).containsExactly("First.", "Hello.", "Second.");
    }

    @Test
    void aTranscriptThatNeverComesHoldsUpTheRestForAWhileOnly() throws Exception {
        Talk talk = new Talk(1, VAD);
        user(talk, "u1", "null");
        answer(talk, "1", 100, "Hello.");
        talk.passes(4_000);
        assertThat(talk.told).isEmpty();
        talk.passes(2_000);
        assertThat(talk.nextTurn().itemId()).isEqualTo("u1");
        assertThat(talk.nextTurn().text()).isEqualTo("Hello.");
        transcript(talk, "u1", "Late.");
        talk.session.handle().disconnect();
        talk.lane.run();
        assertThat(texts(talk.transcript())).containsExactly("Late.", "Hello.");
        assertThat(talk.told).as("each turn is told once").isEmpty();
    }

    @Test
    void aFailedTranscriptHoldsUpNothing() throws Exception {
        Talk talk = new Talk(1, VAD);
        user(talk, "u1", "null");
        answer(talk, "1", 100, "Hello.");
        talk.passes(200);
        talk.says("{'type':'conversation.item.input_audio_transcription.failed','item_id':'u1','error':{}}");
        assertThat(talk.nextTurn().text()).isEmpty();
        assertThat(talk.nextTurn().text()).isEqualTo("Hello.");
    }

    @Test
    void anAnswerIsToldWhenItWasHeardOut() throws Exception {
        Talk talk = new Talk(1, VAD);
        answer(talk, "1", 2_000, "Hello.");
        talk.passes(1_900);
        talk.lane.run();
        assertThat(talk.told).isEmpty();
        talk.passes(200);
        Turn turn = talk.nextTurn();
        assertThat(turn.heard()).isEqualTo("Hello.");
        assertThat(turn.interrupted()).isFalse();
    }

    @Test
    void ofAnAnswerThatWasCutOffHeardAndGeneratedAreKeptApart() throws Exception {
        Talk talk = new Talk(1, VAD);
        talk.answer("r1", "a1");
        talk.audio("a1", 4_000);
        talk.passes(1_900);
        talk.says("{'type':'input_audio_buffer.speech_started','item_id':'u1'}");
        talk.says("{'type':'conversation.item.truncated','item_id':'a1','content_index':0,'audio_end_ms':1900}");
        talk.done("r1", "a1", "cancelled", "one two three four five six seven eight");
        Turn turn = talk.nextTurn();
        assertThat(turn.text()).isEqualTo("one two three four five six seven eight");
        assertThat(turn.heard()).isEqualTo("one two three four");
        assertThat(turn.interrupted()).isTrue();
    }

    @Test
    void whatWasBeingSaidWhenTheSessionEndsIsInTheTranscript() throws Exception {
        Talk talk = new Talk(1, VAD);
        talk.answer("r1", "a1");
        talk.says(
                "{'type':'response.output_audio_transcript.delta','item_id':'a1','content_index':0,'delta':'one '}",
                "{'type':'response.output_audio_transcript.delta','item_id':'a1','content_index':0,'delta':'two'}");
        talk.session.handle().disconnect();
        talk.lane.run();
        assertThat(texts(talk.transcript())).containsExactly("one two");
    }

    @Test
    void typedTextsOtherItemsAndDeletedOnesHaveTheirPlaces() {
        Talk talk = new Talk(1, "null");
        talk.says(
                "{'type':'conversation.item.added','previous_item_id':null,'item':{'id':'t1','type':'message',"
                        + "'role':'user','status':'completed','content':[{'type':'input_text','text':'Hi.'}]}}",
                "{'type':'conversation.item.added','previous_item_id':'t1','item':{'id':'f1','type':'function_call',"
                        + "'name':'f','arguments':'{}'}}",
                "{'type':'conversation.item.added','previous_item_id':'f1','item':{'id':'t3','type':'message',"
                        + "'role':'system','status':'completed','content':[{'type':'input_text','text':'Third.'}]}}",
                "{'type':'conversation.item.created','previous_item_id':'f1','item':{'id':'t2','type':'message',"
                        + "'role':'user','status':'completed','content':[{'type':'input_text','text':'Second.'}]}}");
        assertThat(texts(talk.session.handle().conversation())).containsExactly("Hi.", "Second.", "Third.");
        talk.says("{'type':'conversation.item.deleted','item_id':'t2'}");
        assertThat(texts(talk.session.handle().conversation())).containsExactly("Hi.", "Third.");
    }

    @Test
    void aResponseOutOfBandIsNoTurn() {
        Talk talk = new Talk(1, "null");
        talk.says(
                "{'type':'response.created','response':{'id':'o1','conversation_id':null}}",
                "{'type':'response.output_audio_transcript.done','item_id':'x','content_index':0,'transcript':'no'}",
                "{'type':'response.done','response':{'id':'o1','conversation_id':null,'output':[{'id':'x',"
                        + "'type':'message','role':'assistant','content':[]}]}}");
        assertThat(talk.session.handle().conversation()).isEmpty();
    }

    @Test
    void hangsUpWhenWhatIsSaidWasHeard() {
        Talk talk = new Talk(1, "null");
        var said = talk.session.handle().say("Goodbye.");
        talk.session.handle().hangUp();
        talk.lane.run();
        talk.answer("r1", "a1");
        talk.audio("a1", 3_000);
        talk.done("r1", "a1", "completed", "Goodbye.");
        talk.passes(2_900);
        assertThat(talk.end).isNull();
        talk.passes(200);
        assertThat(talk.end).isNotNull();
        assertThat(talk.lane.waiting()).isZero();
        assertThat(said).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void hangsUpAtOnceWhenNothingIsSaidAndAtTheLatestAfterAWhile() {
        Talk silent = new Talk(1, "null");
        silent.session.handle().hangUp();
        silent.lane.run();
        assertThat(silent.end).isNotNull();
        Talk endless = new Talk(1, "null");
        endless.answer("r1", "a1");
        endless.session.handle().hangUp();
        endless.passes(29_000);
        assertThat(endless.end).isNull();
        endless.passes(2_000);
        assertThat(endless.end).isNotNull();
    }
}
