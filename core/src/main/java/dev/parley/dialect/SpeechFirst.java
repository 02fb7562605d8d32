package dev.parley.dialect;

import dev.parley.protocol.EventType;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts the user's spoken item where GA has it, behind {@code input_audio_buffer.committed}, for a provider that
 * announces it when speech begins. Transcripts that the provider calls completed while it still hears are left out;
 * the last one before the commit stands in the item.
 */
final class SpeechFirst implements Step {
    /** Items that wait for their commit, as announced. */
    private final Recent<ObjectNode> waiting = new Recent<>(16);
    /** Their transcripts, if the last came before the commit. */
    private final Recent<ObjectNode> transcripts = new Recent<>(16);

    @Override
    public Set<EventType> types() {
        return Set.of(EventType.ITEM_ADDED, EventType.INPUT_TRANSCRIPT_COMPLETED, EventType.INPUT_AUDIO_COMMITTED);
    }

    @Override
    public void apply(ObjectNode event, Consumer<ObjectNode> out) {
        EventType type = EventType.of(event.path("type").asString(""));
        if (type.equals(EventType.ITEM_ADDED)) {
            String id = Fields.text(event, "item.id");
            if (id != null && isSpeech(event)) {
                waiting.put(id, event);
            } else {
                out.accept(event);
            }
        } else if (type.equals(EventType.INPUT_AUDIO_COMMITTED)) {
            String id = Fields.text(event, "item_id");
            out.accept(event);
            ObjectNode added = waiting.remove(id);
            if (added != null) {
                Fields.put(added, "item.status", JsonNodeFactory.instance.stringNode("completed"));
                out.accept(added);
            }
            ObjectNode transcript = transcripts.remove(id);
            if (transcript != null) {
                out.accept(transcript);
            }
        } else {
            transcribed(event, out);
        }
    }

    private void transcribed(ObjectNode event, Consumer<ObjectNode> out) {
        String id = Fields.text(event, "item_id");
        ObjectNode added = waiting.get(id);
        if (added != null) {
            note(added, event);
        }
        if (event.path("status").asString("").equals("in_progress")) {
            return;
        }
        event.remove("status");
        if (added != null && id != null) {
            transcripts.put(id, event);
        } else {
            out.accept(event);
        }
    }

    private static boolean isSpeech(ObjectNode event) {
        return event.path("item").path("status").asString("").equals("in_progress")
                && event.path("item").path("role").asString("").equals("user");
    }

    private static void note(ObjectNode added, ObjectNode event) {
        String transcript = Fields.text(event, "transcript");
        if (transcript != null
                && added.path("item").get("content") instanceof ArrayNode content
                && content.get(event.path("content_index").asInt(0)) instanceof ObjectNode part) {
            part.put("transcript", transcript);
        }
    }
}
