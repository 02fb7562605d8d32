package dev.parley.dialect;

import dev.parley.protocol.EventType;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives {@code conversation.item.input_audio_transcription.completed} the {@code usage} that GA requires, where the
 * provider tells none: the seconds of speech that it heard, 0 where it did not say.
 */
final class SpeechUsage implements Step {
    private final Recent<Long> started = new Recent<>(64);
    private final Recent<Long> lengths = new Recent<>(64);

    @Override
    public Set<EventType> types() {
        return Set.of(EventType.SPEECH_STARTED, EventType.SPEECH_STOPPED, EventType.INPUT_TRANSCRIPT_COMPLETED);
    }

    @Override
    public void apply(ObjectNode event, Consumer<ObjectNode> out) {
        EventType type = EventType.of(event.path("type").asString(""));
        String id = Fields.text(event, "item_id");
        if (id != null && type.equals(EventType.SPEECH_STARTED)) {
            started.put(id, event.path("audio_start_ms").asLong(0));
        } else if (id != null && type.equals(EventType.SPEECH_STOPPED)) {
            Long from = started.remove(id);
            long to = event.path("audio_end_ms").asLong(0);
            if (from != null && to > from) {
                lengths.put(id, to - from);
            }
        } else if (type.equals(EventType.INPUT_TRANSCRIPT_COMPLETED)
                && !event.path("usage").isObject()) {
            Long ms = lengths.get(id);
            event.putObject("usage").put("type", "duration").put("seconds", ms == null ? 0 : ms / 1000.0);
        }
        out.accept(event);
    }
}
