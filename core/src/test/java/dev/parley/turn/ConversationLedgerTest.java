package dev.parley.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Turn;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.EventScanner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationLedgerTest {
    private final ConversationLedger ledger = new ConversationLedger();
    private final List<Turn> told = new ArrayList<>();

    private void receive(String json) {
        ControlEvent event = (ControlEvent) new EventScanner().scan(Bytes.utf8(json.replace('\'', '"')));
        ledger.received(event, true, Instant.EPOCH);
    }

    private void text(String id, String previous, String text) {
        receive("{'type':'conversation.item.done','previous_item_id':" + previous + ",'item':{'id':'" + id
                + "','type':'message','role':'user','status':'completed','content':[{'type':'input_text','text':'"
                + text
                + "'}]}}");
    }

    private void assistant(String id, String text) {
        receive("{'type':'conversation.item.done','previous_item_id':null,'item':{'id':'" + id
                + "','type':'message','role':'assistant','status':'completed','content':[{'type':'output_audio',"
                + "'transcript':'" + text + "'}]}}");
    }

    private String heard(String id) {
        return ledger.turns().stream()
                .filter(turn -> turn.itemId().equals(id))
                .findFirst()
                .orElseThrow()
                .heard();
    }

    @Test
    void forgetsTheOldestOfVeryManyItems() {
        for (int i = 0; i < ConversationLedger.MOST + 10; i++) {
            text("i" + i, "null", "t");
            ledger.tell(told::add);
        }
        assertThat(ledger.turns()).hasSize(ConversationLedger.MOST);
        assertThat(ledger.turns().getFirst().itemId()).isEqualTo("i10");
        assertThat(told).hasSize(ConversationLedger.MOST + 10);
    }

    @Test
    void forgetsTheOldestOfVeryLongItems() {
        for (int i = 0; i < 5; i++) {
            text("i" + i, "null", "t".repeat(ConversationLedger.LONGEST / 3));
            ledger.tell(told::add);
        }
        assertThat(ledger.turns()).hasSize(3);
    }

    @Test
    void putsAnItemWhoseForerunnerComesLateWhereItBelongs() {
        text("a", "null", "1");
        text("c", "'b'", "3");
        text("b", "'a'", "2");
        ledger.tell(told::add);
        assertThat(ledger.turns().stream().map(Turn::text)).containsExactly("1", "2", "3");
    }

    @Test
    void whatWasHeardEndsAtAWord() {
        assistant("a", "Good morning, how are you?");
        ledger.cut("a", 500, 1_000);
        ledger.tell(told::add);
        assertThat(heard("a")).isEqualTo("Good morning,");
        ledger.cut("a", 0, 1_000);
        ledger.tell(told::add);
        assertThat(heard("a")).isEmpty();
        ledger.cut("a", 1_000, 1_000);
        ledger.tell(told::add);
        assertThat(heard("a")).isEqualTo("Good morning, how are you?");
    }

    @Test
    void aTruncatedItemThatIsReadAgainKeepsWhatWasGenerated() {
        receive("{'type':'conversation.item.added','previous_item_id':null,'item':{'id':'a','type':'message',"
                + "'role':'assistant','status':'in_progress','content':[]}}");
        receive(
                "{'type':'response.output_audio_transcript.done','item_id':'a','content_index':0,'transcript':'one two'}");
        ledger.cut("a", 1, 2);
        receive("{'type':'conversation.item.retrieved','item':{'id':'a','type':'message','role':'assistant',"
                + "'status':'incomplete','content':[{'type':'output_audio','transcript':null}]}}");
        ledger.tell(told::add);
        assertThat(told).singleElement().satisfies(turn -> {
            assertThat(turn.text()).isEqualTo("one two");
            assertThat(turn.heard()).isEqualTo("one");
            assertThat(turn.interrupted()).isTrue();
        });
    }

    @Test
    void aUsersWordsThatAreNotFinishedAreInTheTranscript() {
        receive("{'type':'input_audio_buffer.committed','previous_item_id':null,'item_id':'u'}");
        receive("{'type':'conversation.item.input_audio_transcription.delta','item_id':'u','content_index':0,"
                + "'delta':'Hello'}");
        assertThat(ledger.close(told::add)).singleElement().satisfies(turn -> {
            assertThat(turn.text()).isEqualTo("Hello");
            assertThat(turn.role()).isEqualTo(Turn.Role.USER);
        });
        assertThat(told).hasSize(1);
    }

    @Test
    void aTranscriptThatIsCompletedSeveralTimesIsToldWhenItIsCompletedForGood() {
        String completed = "{'type':'conversation.item.input_audio_transcription.completed','item_id':'u',"
                + "'content_index':0,'transcript':'";
        receive("{'type':'input_audio_buffer.committed','previous_item_id':null,'item_id':'u'}");
        receive(completed + "Hello?','status':'in_progress'}");
        ledger.tell(told::add);
        assertThat(told).isEmpty();
        receive(completed + "Hello, my name','status':'completed'}");
        ledger.tell(told::add);
        assertThat(told)
                .singleElement()
                .satisfies(turn -> assertThat(turn.text()).isEqualTo("Hello, my name"));
    }
}
