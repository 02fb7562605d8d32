package dev.parley.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The order of the events about what the user says. */
final class InputOrder {
    private final EventOrder order;
    private final Set<String> committed = new HashSet<>();
    private final Set<String> begun = new HashSet<>();
    private final Map<String, StringBuilder> pieces = new HashMap<>();
    private final Set<String> transcribed = new HashSet<>();
    private @Nullable String speaking;
    private @Nullable String waiting;

    InputOrder(EventOrder order) {
        this.order = order;
    }

    void accept(String type, JsonNode event) {
        String id = event.path("item_id").asString("");
        switch (type) {
            case "input_audio_buffer.speech_started" -> {
                if (speaking != null) {
                    order.fault(type, "somebody speaks already");
                }
                if (!begun.add(id)) {
                    order.fault(type, "its item was begun before");
                }
                speaking = id;
            }
            case "input_audio_buffer.speech_stopped" -> {
                if (!id.equals(speaking)) {
                    order.fault(type, "it is not of the item whose speech has started");
                }
                speaking = null;
            }
            case "input_audio_buffer.committed" -> commit(type, event, id);
            case "conversation.item.input_audio_transcription.delta" -> {
                speechOf(type, id);
                pieces.computeIfAbsent(id, key -> new StringBuilder())
                        .append(event.path("delta").asString(""));
            }
            case "conversation.item.input_audio_transcription.completed" -> {
                speechOf(type, id);
                completed(type, event, id);
            }
            case "conversation.item.input_audio_transcription.failed" -> {
                speechOf(type, id);
                end(type, id);
            }
            default -> {}
        }
    }

    private void commit(String type, JsonNode event, String id) {
        if (!committed.add(id) || order.knowsItem(id)) {
            order.fault(type, "its item was committed before");
        }
        if (waiting != null) {
            order.fault(type, "the item of the commit before has not been added");
        }
        JsonNode previous = event.path("previous_item_id");
        String last = order.lastItem();
        if (last != null && !last.equals(previous.asString(""))) {
            order.fault(type, "its previous_item_id is not the last item");
        }
        waiting = id;
    }

    private void speechOf(String type, String id) {
        if (!order.knowsItem(id) && !begun.contains(id)) {
            order.fault(type, "its item was not announced");
        }
        if (transcribed.contains(id)) {
            order.fault(type, "the transcript of its item is complete already");
        }
    }

    private void completed(String type, JsonNode event, String id) {
        StringBuilder sum = pieces.get(id);
        String transcript = event.path("transcript").asString("");
        // OpenAI's first piece begins with a space that the whole is without.
        if (sum != null && !sum.toString().strip().equals(transcript.strip())) {
            order.fault(type, "its transcript is not the sum of the deltas");
        }
        end(type, id);
    }

    private void end(String type, String id) {
        if (!order.knowsItem(id)) {
            order.fault(type, "its item was not added");
        }
        transcribed.add(id);
    }

    void added(String id) {
        if (id.equals(waiting)) {
            waiting = null;
        }
    }

    /** Whether something was committed whose item has not been added. */
    boolean committedWaits() {
        return waiting != null;
    }

    /** What is not at its end. */
    List<String> open() {
        List<String> open = new ArrayList<>();
        if (waiting != null) {
            open.add("at the end: the item of a commit was not added");
        }
        pieces.keySet().stream()
                .filter(id -> !transcribed.contains(id))
                .forEach(id -> open.add("at the end: a transcript of the user's speech is not complete"));
        return open;
    }
}
