package dev.parley.gemini.live;

import dev.parley.gemini.wire.Messages;
import dev.parley.protocol.Json;
import dev.parley.provider.reply.Items;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A session's items in order, as clients see them, and as a model reads them that has to be told. Lane only. */
final class Conversation implements Items {
    private static final int MOST_ITEMS = 1_000;
    /** The most that items hold, in characters; beyond it the oldest is forgotten. */
    private static final long MOST_CHARACTERS = 24 << 20;
    /** The longest history that a new connection is told, in characters: about 15,000 tokens. */
    private static final int LONGEST_HISTORY = 60_000;

    /** An item, and how much audio it has. */
    static final class Entry {
        final ObjectNode json;
        long audioBytes;
        private long characters;

        private Entry(ObjectNode json) {
            this.json = json;
        }
    }

    private static final List<String> CONTENTS = List.of("text", "transcript", "image_url", "audio");

    private long characters;
    private final SequencedMap<String, Entry> items = new LinkedHashMap<>();

    @Override
    public @Nullable String append(ObjectNode item) {
        String previous = lastId();
        Entry entry = new Entry(item);
        items.put(id(item), entry);
        grow(entry);
        return previous;
    }

    @Override
    public @Nullable String whole(ObjectNode item) {
        Entry entry = items.get(id(item));
        if (entry != null) {
            grow(entry);
        }
        String before = null;
        // From the end, where it is.
        for (String id : items.reversed().keySet()) {
            if (before != null && before.equals(id(item))) {
                return id;
            }
            before = id;
        }
        return null;
    }

    /** Counts what an item has become; the oldest go where there is too much. */
    private void grow(Entry entry) {
        long before = entry.characters;
        entry.characters = characters(entry.json);
        characters += entry.characters - before;
        while (items.size() > 1 && (items.size() > MOST_ITEMS || characters > MOST_CHARACTERS)) {
            characters -= items.pollFirstEntry().getValue().characters;
        }
    }

    /** The length of what an item holds. */
    static long characters(ObjectNode item) {
        long length = (long) item.path("arguments").asString("").length()
                + item.path("output").asString("").length();
        for (JsonNode part : item.path("content")) {
            for (String field : CONTENTS) {
                length += part.path(field).asString("").length();
            }
        }
        return length;
    }

    private static String id(ObjectNode item) {
        return item.path("id").asString("");
    }

    /** The id of the last item, or null. */
    @Nullable
    String lastId() {
        return items.isEmpty() ? null : items.lastEntry().getKey();
    }

    @Nullable
    Entry find(String id) {
        return items.get(id);
    }

    /** The name of the function that an item of the client's calls, or null. */
    @Nullable
    String callName(String callId) {
        for (Entry entry : items.reversed().values()) {
            if (entry.json.path("type").asString("").equals("function_call")
                    && entry.json.path("call_id").asString("").equals(callId)) {
                return entry.json.path("name").asString("");
            }
        }
        return null;
    }

    /** The result of a function that was called, with the function's name; or null. */
    @Nullable
    ObjectNode result(String callId) {
        return items.reversed().values().stream()
                .map(entry -> entry.json)
                .filter(item -> item.path("type").asString("").equals("function_call_output")
                        && item.path("call_id").asString("").equals(callId))
                .findFirst()
                .map(this::named)
                .orElse(null);
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    /** Files what the user said. */
    void heard(String id, String transcript) {
        Entry entry = items.get(id);
        if (entry != null && entry.json.path("content").path(0) instanceof ObjectNode part) {
            part.put("transcript", transcript);
        }
    }

    /** Forgets what was not heard of an answer: its words in proportion to its audio. */
    static void truncate(Entry entry, long heardBytes) {
        if (entry.json.path("content").path(0) instanceof ObjectNode part) {
            String text = part.path("transcript").asString("");
            long kept = entry.audioBytes == 0 ? 0 : text.length() * heardBytes / entry.audioBytes;
            int word = kept >= text.length() ? text.length() : text.lastIndexOf(' ', (int) kept);
            part.put("transcript", text.substring(0, Math.max(0, word)));
        }
        entry.audioBytes = Math.min(entry.audioBytes, heardBytes);
    }

    /** The turns that a model is told of which has not taken part; the oldest are left out where there are too many. */
    List<ObjectNode> history() {
        List<ObjectNode> turns = new ArrayList<>();
        int length = 0;
        for (Entry entry : items.reversed().values()) {
            ObjectNode turn = turn(named(entry.json));
            if (turn != null) {
                length += turn.toString().length();
                if (length > LONGEST_HISTORY && !turns.isEmpty()) {
                    break;
                }
                turns.addFirst(turn);
            }
        }
        return turns;
    }

    /** A result of a function with the function's name. */
    private ObjectNode named(ObjectNode item) {
        String name = callName(item.path("call_id").asString(""));
        return name == null || item.has("name") ? item : item.deepCopy().put("name", name);
    }

    /** An item as a turn, or null where it says nothing. Live sessions take text and media, and no parts of functions. */
    static @Nullable ObjectNode turn(ObjectNode item) {
        String name = item.path("name").asString("");
        return switch (item.path("type").asString("")) {
            case "function_call" ->
                text(
                        "model",
                        "(I called the function " + name + " with "
                                + item.path("arguments").asString("") + ")");
            case "function_call_output" ->
                text(
                        "user",
                        "(The function" + (name.isEmpty() ? "" : " " + name) + " returned "
                                + item.path("output").asString("") + ")");
            default -> message(item);
        };
    }

    private static @Nullable ObjectNode message(ObjectNode item) {
        String role = item.path("role").asString("user");
        List<ObjectNode> parts = new ArrayList<>();
        for (JsonNode part : item.path("content")) {
            String text = part.path("text").asString(part.path("transcript").asString(""));
            if (part.path("image_url").isString()) {
                DataUrl image = DataUrl.of(part.path("image_url").asString(), "item.content");
                parts.add(Messages.blob(image.type(), image.base64()));
            } else if (!part.path("audio").asString("").isEmpty()) {
                parts.add(
                        Messages.blob("audio/pcm;rate=16000", part.path("audio").asString()));
            } else if (!text.isBlank()) {
                parts.add(Messages.text(role.equals("system") ? instruction(text) : text));
            }
        }
        ObjectNode[] all = parts.toArray(ObjectNode[]::new);
        return all.length == 0 ? null : Messages.turn(role.equals("assistant") ? "model" : "user", all);
    }

    /** A system message, for which a conversation with Gemini has no role. */
    static String instruction(String text) {
        return "(Instruction for you, not said by the user: " + text + ")";
    }

    private static ObjectNode text(String role, String text) {
        return Messages.turn(role, Json.object().put("text", text));
    }
}
