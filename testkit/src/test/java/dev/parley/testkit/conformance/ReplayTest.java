package dev.parley.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Json;
import dev.parley.testkit.conformance.Recording.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Recordings, played through a gateway by both ends; see {@link Recordings}. */
class ReplayTest {
    private static final Message CREATED = provider("{'type':'session.created','session':{'id':'s','tools':[]}}");
    private static final Message ASKED = client("{'type':'response.create','response':{'metadata':{'n':1}}}");
    private static final Message DONE = provider("{'type':'response.done','response':{'usage':{'total_tokens':4}}}");

    private static Message provider(String json) {
        return new Message(true, Json.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    private static Message client(String json) {
        return new Message(false, provider(json).event());
    }

    @TestFactory
    Stream<DynamicTest> arrivesUnchangedAndInOrder() throws IOException {
        return Recordings.each(ReplayTest::conforms);
    }

    private static void conforms(Recording recording) {
        assertThat(Conformance.check(recording).differences()).isEmpty();
    }

    private static List<String> differences(List<Message> client, List<Message> provider) {
        return Replay.between(client, provider, "openai").stream()
                .map(Difference::toString)
                .toList();
    }

    @Test
    void tellsWhatArrivesOtherwise() {
        Message other = provider("{'type':'response.done','response':{'usage':{'total_tokens':5}}}");
        assertThat(differences(List.of(CREATED, ASKED, DONE), List.of(CREATED, ASKED, other)))
                .containsExactly("event 2 to the client, response.done: response.usage.total_tokens has another value");
        Message asked = client("{'type':'response.create','response':{'metadata':{'n':1,'m':2}}}");
        assertThat(differences(List.of(CREATED, asked, DONE), List.of(CREATED, ASKED, DONE)))
                .containsExactly("event 1 to the provider, response.create: response.metadata.m was added");
    }

    @Test
    void tellsWhatDoesNotArriveAndWhatNobodySent() {
        assertThat(differences(List.of(CREATED, ASKED, DONE), List.of(CREATED, ASKED)))
                .containsExactly("event 2 to the client, response.done: it did not arrive");
        assertThat(differences(List.of(CREATED, ASKED), List.of(CREATED, ASKED, DONE)))
                .containsExactly("after event 1 to the client: it is followed by events that nobody sent: 1");
    }

    @Test
    void tellsWhatIsNotGaInWhatAClientOfAVendorGets() {
        Message item = provider("{'type':'conversation.item.added','event_id':'e','item':{'id':'i','type':'message',"
                + "'role':'user','content':[{'type':'song'}]}}");
        Message own = provider("{'type':'vendor.own','event_id':'e'}");
        Result result = Conformance.check(new Recording("xai/it", "xai", List.of(CREATED, item, own)));
        assertThat(result.differences())
                .extracting(Difference::toString)
                .contains("event 2 to the client, conversation.item.added: item.content[0].type is no type of GA");
        assertThat(result.notes()).containsExactly("as xai: passed on, though GA does not have it: vendor.own (1)");
    }

    @Test
    void tellsWhatIsOutOfOrder() {
        List<Message> swapped = new ArrayList<>(List.of(ASKED, DONE, CREATED));
        assertThat(differences(List.of(ASKED, CREATED, DONE), swapped)).hasSize(2);
    }
}
