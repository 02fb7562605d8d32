package dev.parley.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.input.InputAudio;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What clients do to items: retrieve, truncate and delete them. */
class ItemsTest {
    private static Rig answered() {
        Rig rig = Rig.started();
        rig.fakes.mind = (request, sink) -> sink.text("The first half is heard. The second half is not.");
        rig.text("a").respond().advance(9_000);
        rig.types();
        return rig;
    }

    private static String assistant(Rig rig) {
        return rig.last("response.output_item.added").path("item").path("id").asString();
    }

    private static Rig truncate(Rig rig, String item, int index, int ms) {
        return rig.send("{'type':'conversation.item.truncate','event_id':'e1','item_id':'" + item + "','content_index':"
                + index + ",'audio_end_ms':" + ms + "}");
    }

    private static JsonNode part(Rig rig, String item) {
        rig.send("{'type':'conversation.item.retrieve','item_id':'" + item + "'}");
        return rig.last("conversation.item.retrieved")
                .path("item")
                .path("content")
                .path(0);
    }

    private static int audioMs(JsonNode part) {
        return Base64.getDecoder().decode(part.path("audio").asString("")).length / InputAudio.BYTES_PER_MS;
    }

    @Test
    void theAssistantsSpeechCanBeRetrieved() {
        Rig rig = answered();
        JsonNode part = part(rig, assistant(rig));
        assertThat(part.propertyNames()).containsExactly("type", "transcript", "audio", "format");
        assertThat(part.path("type").asString()).isEqualTo("output_audio");
        assertThat(part.path("format").asString()).isEqualTo("pcm16");
        assertThat(audioMs(part)).isEqualTo(rig.audioMs());
        JsonNode item = rig.last("conversation.item.retrieved").path("item");
        assertThat(item.propertyNames()).containsExactly("id", "type", "status", "role", "content");
        // Elsewhere there is never any audio in an item.
        assertThat(rig.last("response.done").toString()).doesNotContain("\"audio\":\"");
    }

    @Test
    void aTruncatedItemLosesItsTranscriptAndWhatFollows() {
        Rig rig = answered();
        String item = assistant(rig);
        int ms = rig.audioMs();
        truncate(rig, item, 0, ms / 2);
        assertThat(rig.types()).containsExactly("conversation.item.truncated");
        JsonNode truncated = rig.last("conversation.item.truncated");
        assertThat(truncated.propertyNames())
                .containsExactly("type", "event_id", "item_id", "content_index", "audio_end_ms");
        JsonNode part = part(rig, item);
        assertThat(part.has("transcript")).isFalse();
        assertThat(audioMs(part)).isEqualTo(ms / 2);

        StringBuilder known = new StringBuilder();
        rig.fakes.mind = (request, sink) -> known.append(request.turns().getLast());
        rig.respond();
        assertThat(known).asString().contains("The first half is").doesNotContain("second half");

        truncate(rig, item, 0, ms / 4);
        assertThat(rig.all("error")).isEmpty();
        truncate(rig, item, 0, ms / 2);
        assertThat(rig.error().path("message").asString())
                .isEqualTo("Audio content of " + ms / 4 + "ms is already shorter than " + ms / 2 + "ms");
    }

    @Test
    void whatCannotBeTruncatedIsLeftAsItIs() {
        Rig rig = answered();
        String user = rig.all("conversation.item.added")
                .getFirst()
                .path("item")
                .path("id")
                .asString();
        truncate(rig, user, 0, 0);
        assertThat(rig.error().path("message").asString())
                .startsWith("Only model output audio messages can be truncated");
        truncate(rig, assistant(rig), 1, 0);
        assertThat(rig.error().path("param").asString()).isEqualTo("content_index");
        rig.send("{'type':'response.create','response':{'output_modalities':['text']}}");
        truncate(rig, assistant(rig), 0, 0);
        assertThat(rig.error().path("message").asString())
                .startsWith("Only model output audio messages can be truncated");
        assertThat(rig.all("conversation.item.truncated")).isEmpty();
        assertThat(rig.all("error")).hasSize(3);
    }

    @Test
    void whatHasNotBeenSaidCannotHaveBeenHeard() {
        Rig rig = Rig.started();
        rig.fakes.mind = (request, sink) -> sink.text("This takes longer to say than what is sent ahead of it.");
        rig.text("a").respond();
        int sent = rig.audioMs();
        truncate(rig, assistant(rig), 0, sent + 1);
        assertThat(rig.error().path("message").asString())
                .isEqualTo("Audio content of " + sent + "ms is already shorter than " + (sent + 1) + "ms");
        assertThat(rig.all("response.done")).isEmpty();
        truncate(rig, assistant(rig), 0, sent);
        assertThat(rig.last("response.done").path("response").path("status").asString())
                .isEqualTo("cancelled");
        assertThat(rig.last("conversation.item.truncated").path("audio_end_ms").asInt())
                .isEqualTo(sent);
    }

    @Test
    void theLatestAudioIsKeptAndTheOldestForgotten() {
        Rig rig = Rig.with("'audio':{'input':{'turn_detection':null}}");
        for (int i = 0; i < 3; i++) {
            rig.write(40_000, true).send("{'type':'input_audio_buffer.commit'}");
        }
        var committed = rig.all("input_audio_buffer.committed");
        JsonNode first = part(rig, committed.getFirst().path("item_id").asString());
        assertThat(first.has("audio")).isFalse();
        assertThat(first.path("transcript").asString()).isEqualTo("what time is it");
        assertThat(audioMs(part(rig, committed.get(1).path("item_id").asString())))
                .isEqualTo(40_000);
        assertThat(audioMs(part(rig, committed.get(2).path("item_id").asString())))
                .isEqualTo(40_000);
    }

    @Test
    void aTranscriptIsFiledWithTheAudioItBelongsTo() {
        Rig rig = Rig.with("'audio':{'input':{'transcription':{'model':'any'}}}");
        String audio = Base64.getEncoder().encodeToString(new byte[48 * 400]);
        rig.send("{'type':'conversation.item.create','item':{'id':'mixed','type':'message','role':'user','content':"
                + "[{'type':'input_text','text':'Listen:'},{'type':'input_audio','audio':'" + audio + "'}]}}");
        assertThat(rig.last("conversation.item.input_audio_transcription.completed")
                        .path("content_index")
                        .asInt())
                .isEqualTo(1);
        assertThat(part(rig, "mixed").has("audio")).isFalse();
        JsonNode content = rig.last("conversation.item.retrieved").path("item").path("content");
        assertThat(content.path(1).path("transcript").asString()).isEqualTo("what time is it");
        assertThat(audioMs(content.path(1))).isEqualTo(400);
        StringBuilder known = new StringBuilder();
        rig.fakes.mind = (request, sink) -> known.append(request.turns());
        rig.respond();
        assertThat(known).hasToString("[User[text=Listen: what time is it, understood=true]]");
    }

    @Test
    void aDeletedItemIsForgotten() {
        Rig rig = answered();
        String item = assistant(rig);
        rig.send("{'type':'conversation.item.delete','item_id':'" + item + "'}");
        assertThat(rig.last("conversation.item.deleted").path("item_id").asString())
                .isEqualTo(item);
        rig.send("{'type':'conversation.item.delete','event_id':'e1','item_id':'" + item + "'}");
        assertThat(rig.error().path("message").asString())
                .isEqualTo("Error deleting item: the item with id '" + item + "' does not exist.");
        // Its id is free again.
        rig.send("{'type':'conversation.item.create','item':{'id':'" + item
                + "','type':'message','role':'assistant','content':[{'type':'output_text','text':'b'}]}}");
        assertThat(rig.all("error")).hasSize(1);
    }
}
