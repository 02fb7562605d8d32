package dev.parley.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The order of the events of one response. */
final class ResponseOrder {
    private final EventOrder order;
    private final boolean aside;
    private final Map<String, Item> items = new LinkedHashMap<>();

    /** What was told of an item. */
    private static final class Item {
        final List<Part> parts = new ArrayList<>();
        final StringBuilder arguments = new StringBuilder();
        boolean argumentsDone;
        boolean done;
    }

    /** What was told of a part of an item. */
    private static final class Part {
        final String type;
        final StringBuilder text = new StringBuilder();
        boolean textDone;
        boolean audioDone;
        boolean done;

        Part(String type) {
            this.type = type;
        }
    }

    ResponseOrder(EventOrder order, boolean aside) {
        this.order = order;
        this.aside = aside;
    }

    /** Whether it is outside of the conversation. */
    boolean aside() {
        return aside;
    }

    void accept(String type, JsonNode event) {
        switch (type) {
            case "response.output_item.added" -> itemAdded(type, event);
            case "response.output_item.done" -> itemDone(type, event);
            case "response.content_part.added" -> partAdded(type, event);
            case "response.content_part.done" -> partDone(type, event);
            case "response.function_call_arguments.delta", "response.function_call_arguments.done" ->
                arguments(type, event);
            case "response.output_audio.delta",
                    "response.output_audio.done",
                    "response.output_audio_transcript.delta",
                    "response.output_audio_transcript.done",
                    "response.output_text.delta",
                    "response.output_text.done" -> content(type, event);
            case "response.done" -> done(type, event.path("response"));
            default -> {}
        }
    }

    private void itemAdded(String type, JsonNode event) {
        String id = event.path("item").path("id").asString("");
        if (event.path("output_index").asInt(-1) != items.size()) {
            order.fault(type, "its output_index is not " + items.size());
        }
        if (items.putIfAbsent(id, new Item()) != null) {
            order.fault(type, "its item was added before");
        }
    }

    private @Nullable Item item(String type, JsonNode event, String id) {
        Item item = items.get(id);
        if (item == null) {
            order.fault(type, "its item was not added to the response");
            return null;
        }
        if (item.done) {
            order.fault(type, "its item is done already");
        }
        if (event.path("output_index").asInt(-1) != List.copyOf(items.keySet()).indexOf(id)) {
            order.fault(type, "its output_index is another item's");
        }
        return item;
    }

    private @Nullable Part part(String type, JsonNode event) {
        Item item = item(type, event, event.path("item_id").asString(""));
        if (item == null) {
            return null;
        }
        int index = event.path("content_index").asInt(-1);
        if (index < 0 || index >= item.parts.size()) {
            order.fault(type, "its part was not added");
            return null;
        }
        if (item.parts.get(index).done) {
            order.fault(type, "its part is done already");
        }
        return item.parts.get(index);
    }

    private void partAdded(String type, JsonNode event) {
        Item item = item(type, event, event.path("item_id").asString(""));
        if (item == null) {
            return;
        }
        if (event.path("content_index").asInt(-1) != item.parts.size()) {
            order.fault(type, "its content_index is not " + item.parts.size());
        }
        item.parts.add(new Part(event.path("part").path("type").asString("")));
    }

    private void content(String type, JsonNode event) {
        Part part = part(type, event);
        if (part == null) {
            return;
        }
        if (part.type.equals("text") != type.contains("output_text")) {
            order.fault(type, "its part is of another kind");
        }
        switch (type) {
            case "response.output_audio.delta" -> {
                if (part.audioDone) {
                    order.fault(type, "its audio is done already");
                }
            }
            case "response.output_audio.done" -> part.audioDone = true;
            case "response.output_audio_transcript.delta", "response.output_text.delta" -> {
                if (part.textDone) {
                    order.fault(type, "its text is done already");
                }
                part.text.append(event.path("delta").asString(""));
            }
            default -> {
                same(type, part.text, text(event));
                part.textDone = true;
            }
        }
    }

    private void partDone(String type, JsonNode event) {
        Part part = part(type, event);
        if (part == null) {
            return;
        }
        same(type, part.text, text(event.path("part")));
        if (!part.textDone || (part.type.equals("audio") && !part.audioDone)) {
            order.fault(type, "its text or audio is not done");
        }
        part.done = true;
    }

    private void arguments(String type, JsonNode event) {
        Item item = item(type, event, event.path("item_id").asString(""));
        if (item == null) {
            return;
        }
        if (item.argumentsDone) {
            order.fault(type, "its arguments are done already");
        }
        if (type.endsWith("delta")) {
            item.arguments.append(event.path("delta").asString(""));
            return;
        }
        same(type, item.arguments, event.path("arguments").asString(""));
        item.argumentsDone = true;
    }

    private void itemDone(String type, JsonNode event) {
        String id = event.path("item").path("id").asString("");
        Item item = item(type, event, id);
        if (item == null) {
            return;
        }
        if (item.parts.stream().anyMatch(part -> !part.done)) {
            order.fault(type, "a part of it is not done");
        }
        if (!aside && !order.knowsItem(id)) {
            order.fault(type, "its item was not added to the conversation");
        }
        if (event.path("item").path("type").asString("").equals("function_call")) {
            if (!item.argumentsDone) {
                order.fault(type, "its arguments are not done");
            }
            same(type, item.arguments, event.path("item").path("arguments").asString(""));
        }
        JsonNode content = event.path("item").path("content");
        for (int i = 0; i < item.parts.size(); i++) {
            same(type, item.parts.get(i).text, text(content.path(i)));
        }
        item.done = true;
    }

    private void done(String type, JsonNode response) {
        if (items.values().stream().anyMatch(item -> !item.done)) {
            order.fault(type, "an item of it is not done");
        }
        List<String> output = new ArrayList<>();
        response.path("output").forEach(item -> output.add(item.path("id").asString("")));
        if (!output.equals(List.copyOf(items.keySet()))) {
            order.fault(type, "its output is not the items that were added to it");
        }
        if (response.path("status").asString("in_progress").equals("in_progress")) {
            order.fault(type, "its status is not that of an end");
        }
    }

    private static String text(JsonNode of) {
        return of.path("transcript").asString(of.path("text").asString(""));
    }

    private void same(String type, StringBuilder sum, String told) {
        if (!sum.toString().equals(told)) {
            order.fault(type, "its text is not the sum of its deltas");
        }
    }
}
