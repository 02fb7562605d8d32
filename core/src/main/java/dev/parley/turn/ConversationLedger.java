package dev.parley.turn;

import dev.parley.Turn;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.EventType;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The items of a conversation in its order, in whatever order they and what they say become known. Bounded: the oldest
 * are forgotten. Has no clock of its own. Lane only, but for {@link #turns}.
 */
public final class ConversationLedger {
    /** How many items are kept. */
    static final int MOST = 1_000;
    /** How many characters are kept. */
    static final int LONGEST = 1 << 20;
    /** How many deltas of texts that are not finished are kept. */
    private static final int PIECES = 500;
    /** A retrieved item of more bytes holds audio, and is not read. */
    private static final int LONGEST_RETRIEVED = 64 << 10;

    private final List<LedgerItem> items = new ArrayList<>();
    private final Map<String, LedgerItem> byId = new HashMap<>();
    /** What has come of texts that are not finished; read only where they never are. */
    private final Deque<ControlEvent> said = new ArrayDeque<>();

    private final Deque<ControlEvent> written = new ArrayDeque<>();
    private volatile List<Turn> turns = List.of();
    private boolean changed;
    private boolean blocked;
    private @Nullable String speechItem;
    private Instant speechBegan = Instant.EPOCH;

    /** A conversation in which nothing was said. */
    public ConversationLedger() {}

    /** The turns so far of which anything is known to have been said. May be called from any thread. */
    public List<Turn> turns() {
        return turns;
    }

    /**
     * Follows an event of the provider.
     *
     * @param transcribes whether the user's speech is written down at all
     * @param now the time of day
     */
    public void received(ControlEvent event, boolean transcribes, Instant now) {
        EventType type = event.type();
        if (type.equals(EventType.OUTPUT_TRANSCRIPT_DELTA) || type.equals(EventType.OUTPUT_TEXT_DELTA)) {
            keep(said, event);
        } else if (type.equals(EventType.INPUT_TRANSCRIPT_DELTA)) {
            keep(written, event);
        } else if (type.equals(EventType.ITEM_RETRIEVED) && event.wire().length() > LONGEST_RETRIEVED) {
            return;
        } else if (type.name().startsWith("conversation.item.")) {
            item(type, event.jsonOrEmpty(), transcribes, now);
        } else if (type.equals(EventType.SPEECH_STARTED)) {
            speechItem = event.jsonOrEmpty().path("item_id").asString("");
            speechBegan = now;
        } else if (type.equals(EventType.INPUT_AUDIO_COMMITTED)) {
            ObjectNode json = event.jsonOrEmpty();
            LedgerItem item = placed(json.path("item_id").asString(""), json.path("previous_item_id"), now);
            item.role = Turn.Role.USER;
            item.written |= !transcribes;
        } else if (type.equals(EventType.OUTPUT_TRANSCRIPT_DONE)) {
            said(event.jsonOrEmpty(), "transcript");
        } else if (type.equals(EventType.OUTPUT_TEXT_DONE)) {
            said(event.jsonOrEmpty(), "text");
        } else if (type.equals(EventType.RESPONSE_DONE)) {
            done(event.jsonOrEmpty().path("response"), now);
        }
    }

    private void item(EventType type, ObjectNode event, boolean transcribes, Instant now) {
        String id = event.path("item_id").asString("");
        if (event.path("item").isObject()) {
            JsonNode json = event.path("item");
            LedgerItem item = placed(json.path("id").asString(""), event.path("previous_item_id"), now);
            item.read(json);
            if (item.role == Turn.Role.ASSISTANT) {
                item.written |= !json.path("status").asString("completed").equals("in_progress");
            } else {
                item.written |= !item.silent() || !transcribes || !speech(json);
            }
            changed = true;
        } else if (type.equals(EventType.ITEM_DELETED)) {
            LedgerItem item = byId.remove(id);
            if (item != null) {
                items.remove(item);
                changed = true;
            }
        } else if (type.equals(EventType.INPUT_TRANSCRIPT_COMPLETED)
                || type.equals(EventType.INPUT_TRANSCRIPT_FAILED)) {
            LedgerItem item = item(id, now);
            item.role = Turn.Role.USER;
            item.text(
                    event.path("content_index").asInt(0),
                    event.path("transcript").asString(""));
            // Some providers complete a transcript several times, and say which is the last.
            if (!event.path("status").asString("completed").equals("in_progress")) {
                item.written = true;
                written.clear();
            }
            changed = true;
        }
    }

    private static boolean speech(JsonNode item) {
        for (JsonNode part : item.path("content")) {
            if (part.path("type").asString("").equals("input_audio")) {
                return true;
            }
        }
        return false;
    }

    private void said(ObjectNode event, String field) {
        // One that is not known is no item of the conversation, but of a response out of band.
        LedgerItem item = byId.get(event.path("item_id").asString(""));
        if (item != null) {
            item.role = Turn.Role.ASSISTANT;
            item.text(event.path("content_index").asInt(0), event.path(field).asString(""));
            said.clear();
            changed = true;
        }
    }

    private void done(JsonNode response, Instant now) {
        if (response.path("conversation_id").isNull()) {
            return;
        }
        boolean cancelled = response.path("status").asString("").equals("cancelled");
        for (JsonNode json : response.path("output")) {
            LedgerItem item = item(json.path("id").asString(""), now);
            item.read(json);
            item.written = true;
            if (item.silent()) {
                readPieces(said);
            }
            if (cancelled) {
                item.cancelled();
            }
        }
        said.clear();
        changed = true;
    }

    // ---- What was heard --------------------------------------------------------------------------------------------

    /** An item was cut off when so many ms of it had been heard. */
    public void cut(String itemId, long heardMillis, long generatedMillis) {
        LedgerItem item = byId.get(itemId);
        if (item != null) {
            item.cut(heardMillis, generatedMillis);
            changed = true;
        }
    }

    /** The answers that are complete and not known to have been heard. */
    public List<String> unheard() {
        return items.stream()
                .filter(item -> item.role == Turn.Role.ASSISTANT && item.written && !item.heardOut)
                .map(item -> item.id)
                .toList();
    }

    /** All of an item was heard that will be. */
    public void heard(String itemId) {
        LedgerItem item = byId.get(itemId);
        if (item != null) {
            item.heardOut = true;
            changed = true;
        }
    }

    /** Whether anything has become known since {@link #tell}. */
    public boolean changed() {
        return changed;
    }

    // ---- Finished turns --------------------------------------------------------------------------------------------

    /**
     * Tells the turns that are finished and were not told, up to the first that is not finished.
     *
     * @return whether any is finished behind that one
     */
    public boolean tell(Consumer<Turn> listener) {
        if (!changed) {
            return blocked;
        }
        changed = false;
        for (LedgerItem item : items) {
            if (item.message() && !item.told) {
                if (!item.finished()) {
                    break;
                }
                item.told = true;
                listener.accept(item.turn());
            }
        }
        forgetOldest();
        publish();
        LedgerItem first = firstUntold();
        blocked = first != null
                && items.stream().anyMatch(item -> item != first && item.message() && !item.told && item.finished());
        return blocked;
    }

    /** The first turn that is not finished is told as it is, since others have waited for it long enough. */
    public void giveUp(Consumer<Turn> listener) {
        LedgerItem first = firstUntold();
        if (first != null) {
            if (first.silent()) {
                readPieces(first.role == Turn.Role.USER ? written : said);
            }
            first.told = true;
            changed = true;
            listener.accept(first.turn());
        }
    }

    /** Nothing more will come: tells all turns that were not told in which anything was said, and answers all of them. */
    public List<Turn> close(Consumer<Turn> listener) {
        readPieces(said);
        readPieces(written);
        for (LedgerItem item : items) {
            if (item.message() && !item.told && !item.silent()) {
                item.told = true;
                listener.accept(item.turn());
            }
        }
        publish();
        return turns;
    }

    private @Nullable LedgerItem firstUntold() {
        for (LedgerItem item : items) {
            if (item.message() && !item.told) {
                return item;
            }
        }
        return null;
    }

    private void publish() {
        List<Turn> all = new ArrayList<>();
        for (LedgerItem item : items) {
            if (item.message() && !item.silent()) {
                all.add(item.turn());
            }
        }
        turns = List.copyOf(all);
    }

    // ---- Places ----------------------------------------------------------------------------------------------------

    /** The item of an id, which is put behind all others if it was not known. */
    private LedgerItem item(String id, Instant now) {
        LedgerItem known = byId.get(id);
        if (known != null) {
            return known;
        }
        LedgerItem made = new LedgerItem(id, id.equals(speechItem) ? speechBegan : now);
        byId.put(id, made);
        items.add(made);
        return made;
    }

    private LedgerItem placed(String id, JsonNode previous, Instant now) {
        LedgerItem item = item(id, now);
        LedgerItem before = byId.get(previous.asString(""));
        if (!item.placed && before != null && before != item) {
            items.remove(item);
            items.add(items.indexOf(before) + 1, item);
        }
        item.placed |= before != null;
        return item;
    }

    private void forgetOldest() {
        int characters = items.stream().mapToInt(LedgerItem::length).sum();
        while (items.size() > MOST || (characters > LONGEST && items.size() > 1)) {
            LedgerItem oldest = items.removeFirst();
            byId.remove(oldest.id);
            characters -= oldest.length();
        }
    }

    // ---- Texts that are never finished -----------------------------------------------------------------------------

    private static void keep(Deque<ControlEvent> pieces, ControlEvent delta) {
        if (pieces.size() == PIECES) {
            pieces.removeFirst();
        }
        pieces.add(delta.copy());
    }

    private void readPieces(Deque<ControlEvent> pieces) {
        List<LedgerItem> silent = items.stream().filter(LedgerItem::silent).toList();
        for (ControlEvent piece : pieces) {
            ObjectNode json = piece.jsonOrEmpty();
            LedgerItem item = byId.get(json.path("item_id").asString(""));
            if (item != null && silent.contains(item)) {
                item.append(
                        json.path("content_index").asInt(0), json.path("delta").asString(""));
            }
        }
        pieces.clear();
    }
}
