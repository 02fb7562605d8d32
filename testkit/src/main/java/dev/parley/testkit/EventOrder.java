package dev.parley.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Watches a server's events of one session, from its begin, and tells what is out of OpenAI's order: events about
 * something that was not announced or is over, responses without exactly one end, texts that are not the sum of their
 * pieces. Holds for any provider. Not safe for use by several threads.
 */
public final class EventOrder {
    private final List<String> faults = new ArrayList<>();
    private final Set<String> eventIds = new HashSet<>();
    private final List<String> items = new ArrayList<>();
    private final Set<String> whole = new HashSet<>();
    private final Map<String, Integer> doneResponses = new HashMap<>();
    private final Map<String, ResponseOrder> open = new HashMap<>();
    private final InputOrder input = new InputOrder(this);
    private int count;

    /** Takes the next event. */
    public EventOrder accept(JsonNode event) {
        count++;
        String type = event.path("type").asString("");
        if (!eventIds.add(event.path("event_id").asString(""))) {
            fault(type, "its event_id is missing or was there before");
        }
        if (count == 1 && !type.equals("session.created")) {
            fault(type, "the first event is not session.created");
        }
        if (type.startsWith("response.")) {
            response(type, event);
        } else if (type.startsWith("conversation.item.input_audio_transcription.")
                || type.startsWith("input_audio_buffer.")) {
            input.accept(type, event);
        } else if (type.startsWith("conversation.item.")) {
            item(type, event);
        }
        return this;
    }

    /** As {@link #accept}, for several. */
    public EventOrder acceptAll(Iterable<? extends JsonNode> events) {
        events.forEach(this::accept);
        return this;
    }

    /** What is wrong so far, each with the number of its event; empty: nothing. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    /** As {@link #faults()}, when nothing more will come: what is still open is a fault, too. */
    public List<String> finish() {
        List<String> all = new ArrayList<>(faults);
        open.keySet().forEach(id -> all.add("at the end: a response is not done"));
        all.addAll(input.open());
        return all;
    }

    /** How many responses are done. */
    public int responsesDone() {
        return doneResponses.size();
    }

    void fault(String type, String what) {
        faults.add("event " + count + ", " + type + ": " + what);
    }

    boolean knowsItem(String id) {
        return items.contains(id);
    }

    @Nullable
    String lastItem() {
        return items.isEmpty() ? null : items.getLast();
    }

    // ---- Items
    // -------------------------------------------------------------------------------------------------------

    private void item(String type, JsonNode event) {
        String id = event.path("item").path("id").asString(event.path("item_id").asString(""));
        switch (type) {
            case "conversation.item.added" -> added(type, event, id);
            case "conversation.item.done" -> {
                if (!items.contains(id)) {
                    fault(type, "its item was not added");
                } else if (!whole.add(id)) {
                    fault(type, "its item was done before");
                }
            }
            case "conversation.item.deleted" -> {
                if (!items.remove(id)) {
                    fault(type, "its item is not there");
                }
            }
            default -> {
                if (!items.contains(id)) {
                    fault(type, "its item is not there");
                }
            }
        }
    }

    private void added(String type, JsonNode event, String id) {
        if (id.isEmpty() || items.contains(id)) {
            fault(type, "its item has no id or was added before");
        }
        JsonNode previous = event.path("previous_item_id");
        int place = items.size();
        if (previous.isString()) {
            place = items.indexOf(previous.asString()) + 1;
            if (place == 0) {
                fault(type, "its previous_item_id is of no item that was added");
            }
        } else if (!items.isEmpty()) {
            fault(type, "it has no previous_item_id, though items came before");
        }
        items.add(place, id);
        input.added(id);
        if (event.path("item").path("role").asString("").equals("assistant") && input.committedWaits()) {
            fault(type, "an answer's item comes before what the user has committed");
        }
    }

    // ---- Responses
    // ---------------------------------------------------------------------------------------------------

    private void response(String type, JsonNode event) {
        String id = event.path("response")
                .path("id")
                .asString(event.path("response_id").asString(""));
        if (doneResponses.containsKey(id)) {
            fault(type, "its response is done already");
            return;
        }
        if (type.equals("response.created")) {
            created(type, event, id);
            return;
        }
        ResponseOrder response = open.get(id);
        if (response == null) {
            fault(type, "its response was not created");
            return;
        }
        response.accept(type, event);
        if (type.equals("response.done")) {
            open.remove(id);
            doneResponses.merge(id, 1, Integer::sum);
        }
    }

    private void created(String type, JsonNode event, String id) {
        boolean aside = event.path("response").path("conversation_id").isNull();
        if (id.isEmpty() || open.containsKey(id)) {
            fault(type, "its response has no id or was created before");
        }
        if (!aside && open.values().stream().anyMatch(other -> !other.aside())) {
            fault(type, "another response is active");
        }
        if (!aside && input.committedWaits()) {
            fault(type, "it comes before the item of what the user has committed");
        }
        open.put(id, new ResponseOrder(this, aside));
    }
}
