package dev.parley.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Bytes;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.EventScanner;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is kept of what was said. */
class TranscriptTest {
    private final Transcript transcript = new Transcript();
    private final EventScanner scanner = new EventScanner();

    private boolean delivered(String json) {
        return transcript.delivered(
                (ControlEvent) scanner.scan(Bytes.utf8(json.replace('\'', '"'))), Instant.ofEpochMilli(7));
    }

    private void item(String id) {
        delivered("{'type':'conversation.item.added','item':{'id':'" + id
                + "','role':'user','content':[{'type':'input_text','text':'words of " + id + "'}]}}");
    }

    @Test
    void anIndexBelowZeroIsLeftOut() {
        delivered("{'type':'conversation.item.added','item':{'id':'a1','role':'assistant','content':[]}}");
        assertThat(delivered("{'type':'response.output_text.delta','item_id':'a1','content_index':-1,'delta':'x'}"))
                .isFalse();
        delivered("{'type':'response.output_text.delta','item_id':'a1','content_index':0,'delta':'y'}");
        assertThat(transcript.since(0)).extracting(Said::text).containsExactly("y");
    }

    @Test
    void whatTheConversationDeletesIsForgotten() {
        item("u1");
        item("u2");
        long known = transcript.revision();
        assertThat(delivered("{'type':'conversation.item.deleted','item_id':'u1'}"))
                .isTrue();
        assertThat(transcript.revision()).isGreaterThan(known);
        assertThat(transcript.since(0)).extracting(Said::itemId).containsExactly("u2");
        assertThat(delivered("{'type':'conversation.item.deleted','item_id':'u1'}"))
                .isFalse();
    }
}
