package dev.parley.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Responses outside the conversation, beside it and beside each other. */
class OutOfBandTest {
    private static final String LONG = "This takes longer to say than what is sent ahead of its playback.";

    private static String asking(String more) {
        return "{'type':'response.create','event_id':'e1','response':{'conversation':'none'" + more + "}}";
    }

    private static Stream<JsonNode> of(Rig rig, String responseId) {
        return rig.events.stream()
                .filter(e -> e.path("response_id")
                        .asString(e.path("response").path("id").asString(""))
                        .equals(responseId))
                .map(JsonNode.class::cast);
    }

    private static String created(Rig rig) {
        return rig.last("response.created").path("response").path("id").asString();
    }

    @Test
    void theyRunBesideTheConversationsOwn() {
        Rig rig = Rig.started();
        rig.fakes.mind = (request, sink) -> sink.text(LONG);
        rig.text("inside").respond();
        String inside = created(rig);
        rig.types();

        rig.send(asking(",'output_modalities':['text'],'metadata':{'topic':'classify'}"));
        String outside = created(rig);

        assertThat(rig.types())
                .containsExactly(
                        "response.created",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.done",
                        "rate_limits.updated");
        JsonNode done = rig.last("response.done").path("response");
        assertThat(done.path("id").asString()).isEqualTo(outside);
        assertThat(done.path("conversation_id").isNull()).isTrue();
        assertThat(done.path("metadata")).hasToString("{\"topic\":\"classify\"}");
        assertThat(rig.all("response.created")
                        .getFirst()
                        .path("response")
                        .path("metadata")
                        .isNull())
                .isTrue();
        rig.advance(20_000);
        assertThat(of(rig, inside).map(e -> e.path("type").asString())).endsWith("response.done");
        String item = done.path("output").path(0).path("id").asString();
        rig.send("{'type':'conversation.item.retrieve','item_id':'" + item + "'}");
        assertThat(rig.error().path("code").asString()).isEqualTo("item_retrieve_invalid_item_id");
    }

    @Test
    void severalRunAtOnceAndEachIsCancelledByItsId() {
        Rig rig = Rig.started();
        rig.fakes.mind = (request, sink) -> sink.text(LONG);
        rig.text("a").respond();
        String inside = created(rig);
        rig.send(asking(""));
        String first = created(rig);
        rig.send(asking(""));
        String second = created(rig);

        rig.send("{'type':'response.cancel','response_id':'" + first + "'}");
        JsonNode done = rig.last("response.done").path("response");
        assertThat(done.path("id").asString()).isEqualTo(first);
        assertThat(done.path("status_details")).hasToString("{\"type\":\"cancelled\",\"reason\":\"client_cancelled\"}");
        assertThat(rig.all("response.done")).hasSize(1);

        // Without an id the one in the conversation is meant, and so it is by speech.
        rig.send("{'type':'response.cancel'}");
        assertThat(rig.last("response.done").path("response").path("id").asString())
                .isEqualTo(inside);
        rig.send("{'type':'response.cancel'}");
        assertThat(rig.error().path("code").asString()).isEqualTo("response_cancel_not_active");
        rig.audio(400, true).audio(20_000, false);
        assertThat(rig.all("response.done").stream()
                        .map(e -> e.path("response").path("id").asString() + " "
                                + e.path("response").path("status").asString()))
                .contains(second + " completed");
        rig.send("{'type':'response.cancel','response_id':'" + second + "'}");
        assertThat(rig.all("error")).hasSize(2);
    }

    @Test
    void theirNumberIsBounded() {
        Rig rig = Rig.started();
        rig.fakes.mind = (request, sink) -> sink.text(LONG);
        for (int i = 0; i < 9; i++) {
            rig.send(asking(""));
        }
        assertThat(rig.all("response.created")).hasSize(8);
        assertThat(rig.error().path("code").asString()).isEqualTo("too_many_responses");
        assertThat(rig.error().path("event_id").asString()).isEqualTo("e1");
        rig.respond();
        assertThat(rig.all("response.created")).hasSize(9);
    }

    @Test
    void theirInputIsWhatTheClientSays() {
        Rig rig = Rig.with("'output_modalities':['text']");
        rig.fakes.mind = (request, sink) -> sink.text(request.turns().toString());
        rig.send("{'type':'conversation.item.create','item':{'id':'one','type':'message','role':'user','content':"
                + "[{'type':'input_text','text':'first'}]}}");
        rig.text("second");

        assertThat(answer(rig, asking(""))).contains("first").contains("second");
        assertThat(answer(rig, asking(",'input':[]"))).isEqualTo("[]");
        assertThat(answer(
                        rig,
                        asking(",'input':[{'type':'message','role':'system','content':[{'type':'input_text',"
                                + "'text':'own'}]},{'type':'item_reference','id':'one'}]")))
                .isEqualTo("[Note[text=own], User[text=first, understood=true]]");
        // An input of its own is no matter of being outside.
        assertThat(answer(rig, "{'type':'response.create','response':{'input':[]}}"))
                .isEqualTo("[]");
        assertThat(answer(rig, "{'type':'response.create'}"))
                .startsWith("[User[text=first")
                .doesNotContain("own");
    }

    private static String answer(Rig rig, String create) {
        rig.send(create);
        return rig.last("response.output_text.done").path("text").asString();
    }

    @Test
    void anItemThatIsDeletedIsNotWaitedFor() {
        Rig rig = Rig.started();
        String audio = java.util.Base64.getEncoder().encodeToString(new byte[48 * 400]);
        rig.leg.send(event("{'type':'conversation.item.create','item':{'id':'spoken','type':'message','role':'user',"
                + "'content':[{'type':'input_audio','audio':'" + audio + "'}]}}"));
        rig.leg.send(event(asking(",'input':[{'type':'item_reference','id':'spoken'}],'output_modalities':['text']")));
        rig.leg.send(event("{'type':'conversation.item.delete','item_id':'spoken'}"));
        rig.settle();
        assertThat(rig.last("response.done").path("response").path("status").asString())
                .isEqualTo("completed");
    }

    private static dev.parley.protocol.Event event(String json) {
        return new dev.parley.protocol.EventScanner().scan(dev.parley.protocol.Bytes.utf8(json.replace('\'', '"')));
    }

    @Test
    void theVoiceIsTheConversationsOnly() {
        Rig rig = Rig.started();
        String cedar = ",'audio':{'output':{'voice':'cedar'}}";
        rig.text("a").send(asking(cedar)).advance(9_000);
        rig.send("{'type':'response.create','response':{'conversation':'auto'" + cedar + "}}")
                .advance(9_000);
        rig.send("{'type':'response.create','response':{'conversation':'auto'" + cedar + "}}")
                .advance(9_000);
        assertThat(rig.all("error")).isEmpty();
        assertThat(rig.last("response.done")
                        .path("response")
                        .path("audio")
                        .path("output")
                        .path("voice")
                        .asString())
                .isEqualTo("cedar");

        rig.send("{'type':'response.create','event_id':'e2','response':{'audio':{'output':{'voice':'verse'}}}}");
        assertThat(rig.error().path("code").asString()).isEqualTo("cannot_update_voice");
        assertThat(rig.error().path("param").asString()).isEqualTo("response.audio.output.voice");
        assertThat(List.of(rig.error().path("event_id").asString())).containsExactly("e2");
    }
}
