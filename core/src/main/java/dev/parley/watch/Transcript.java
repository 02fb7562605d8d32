package dev.parley.watch;

import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.EventType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import tools.jackson.databind.JsonNode;

/**
 * What was said in a session, by the events that its client gets. Bounded: of what is long only the beginning is kept,
 * and the oldest is forgotten. Written on the lane; {@link #since} may be called from any thread.
 */
final class Transcript {
    /** How many items are kept. */
    static final int MOST = 200;
    /** How many characters are kept of all items. */
    static final int LONGEST = 64 << 10;
    /** How many characters are kept of one item. */
    static final int LONGEST_ITEM = 8 << 10;
    /** Longer events hold audio or pictures beside words, and are not read. */
    static final int LONGEST_EVENT = 256 << 10;

    private final Map<String, Entry> byId = new HashMap<>();
    private final Queue<Entry> entries = new ConcurrentLinkedQueue<>();
    private volatile long revision;
    private int characters;
    private volatile int turns;

    /** One item. */
    private static final class Entry {
        private final List<String> parts = new ArrayList<>(1);
        private volatile Said said;
        private volatile long revision;

        Entry(Said said) {
            this.said = said;
        }
    }

    /** How often anything has changed. */
    long revision() {
        return revision;
    }

    /** How often the user has spoken or written. */
    int turns() {
        return turns;
    }

    /** What has changed after a revision and is still kept, in the order in which it came up. */
    List<Said> since(long known) {
        return entries.stream()
                .filter(entry -> entry.revision > known)
                .map(entry -> entry.said)
                .toList();
    }

    /**
     * Follows an event on its way to the client.
     *
     * @return whether anything has changed
     */
    boolean delivered(ControlEvent event, Instant now) {
        EventType type = event.type();
        if (event.wire().length() > LONGEST_EVENT) {
            return false;
        } else if (type.equals(EventType.OUTPUT_TRANSCRIPT_DELTA)
                || type.equals(EventType.OUTPUT_TEXT_DELTA)
                || type.equals(EventType.INPUT_TRANSCRIPT_DELTA)) {
            return more(event.jsonOrEmpty());
        } else if (type.equals(EventType.ITEM_ADDED) || type.equals(EventType.ITEM_CREATED)) {
            return added(event.jsonOrEmpty().path("item"), now);
        } else if (type.equals(EventType.OUTPUT_TRANSCRIPT_DONE) || type.equals(EventType.INPUT_TRANSCRIPT_COMPLETED)) {
            return whole(event.jsonOrEmpty(), "transcript");
        } else if (type.equals(EventType.OUTPUT_TEXT_DONE)) {
            return whole(event.jsonOrEmpty(), "text");
        } else if (type.equals(EventType.INPUT_TRANSCRIPT_FAILED)) {
            return over(event.jsonOrEmpty().path("item_id"), false);
        } else if (type.equals(EventType.ITEM_TRUNCATED)) {
            return over(event.jsonOrEmpty().path("item_id"), true);
        } else if (type.equals(EventType.ITEM_DELETED)) {
            return removed(event.jsonOrEmpty().path("item_id"));
        } else if (type.equals(EventType.RESPONSE_DONE)) {
            return ended(event.jsonOrEmpty().path("response"));
        }
        return false;
    }

    private boolean added(JsonNode item, Instant now) {
        String id = item.path("id").asString("");
        String role = item.path("role").asString("");
        if (id.isEmpty() || byId.containsKey(id) || !(role.equals("user") || role.equals("assistant"))) {
            return false;
        }
        Entry entry = new Entry(new Said(id, role, "", now, false, false));
        byId.put(id, entry);
        if (role.equals("user")) {
            int more = turns + 1;
            turns = more;
        }
        int index = 0;
        for (JsonNode part : item.path("content")) {
            String text = part.path("text").asString(part.path("transcript").asString(""));
            put(entry, index++, text);
        }
        entries.add(entry);
        // What is spoken has its words later; what is written has them all.
        return publish(entry, false, entry.parts.stream().anyMatch(part -> !part.isEmpty()));
    }

    private boolean more(JsonNode event) {
        Entry entry = byId.get(event.path("item_id").asString(""));
        String delta = event.path("delta").asString("");
        if (entry == null || delta.isEmpty() || entry.said.done()) {
            return false;
        }
        int index = event.path("content_index").asInt(0);
        put(entry, index, (index >= 0 && index < entry.parts.size() ? entry.parts.get(index) : "") + delta);
        return publish(entry, entry.said.interrupted(), false);
    }

    private boolean whole(JsonNode event, String field) {
        Entry entry = byId.get(event.path("item_id").asString(""));
        if (entry == null) {
            return false;
        }
        put(entry, event.path("content_index").asInt(0), event.path(field).asString(""));
        // Some providers complete a transcript several times, and say which is the last.
        boolean last = !event.path("status").asString("completed").equals("in_progress");
        return publish(entry, entry.said.interrupted(), last);
    }

    private boolean over(JsonNode itemId, boolean interrupted) {
        Entry entry = byId.get(itemId.asString(""));
        return entry != null && publish(entry, interrupted || entry.said.interrupted(), true);
    }

    /** The words go with the item; of whoever follows, that they have gone is not told but by all that is kept. */
    private boolean removed(JsonNode itemId) {
        Entry entry = byId.remove(itemId.asString(""));
        if (entry == null) {
            return false;
        }
        entries.remove(entry);
        characters -= entry.said.text().length();
        long next = revision + 1;
        revision = next;
        return true;
    }

    private boolean ended(JsonNode response) {
        boolean changed = false;
        for (JsonNode item : response.path("output")) {
            Entry entry = byId.get(item.path("id").asString(""));
            boolean cut = item.path("status").asString("").equals("incomplete");
            if (entry != null && (!entry.said.done() || (cut && !entry.said.interrupted()))) {
                changed |= publish(entry, cut || entry.said.interrupted(), true);
            }
        }
        return changed;
    }

    /** Sets the words of one part; those of which there is no room are left out. */
    private static void put(Entry entry, int index, String text) {
        if (index < 0 || index >= Byte.MAX_VALUE) {
            return;
        }
        while (entry.parts.size() <= index) {
            entry.parts.add("");
        }
        entry.parts.set(index, "");
        int others = entry.parts.stream().mapToInt(String::length).sum();
        entry.parts.set(index, cut(text, LONGEST_ITEM - others));
    }

    /** The beginning of a text, which does not end within a character. */
    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most > 0 && Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end);
    }

    private boolean publish(Entry entry, boolean interrupted, boolean done) {
        Said before = entry.said;
        Said now =
                new Said(before.itemId(), before.role(), String.join("", entry.parts), before.at(), interrupted, done);
        if (now.equals(before) && entry.revision > 0) {
            return false;
        }
        characters += now.text().length() - before.text().length();
        entry.said = now;
        long next = revision + 1;
        // First, so that whoever sees the new revision finds what it stands for.
        entry.revision = next;
        revision = next;
        forgetOldest();
        return true;
    }

    private void forgetOldest() {
        while (entries.size() > 1 && (byId.size() > MOST || characters > LONGEST)) {
            Entry oldest = entries.poll();
            characters -= oldest == null ? 0 : oldest.said.text().length();
            if (oldest != null) {
                byId.remove(oldest.said.itemId());
            }
        }
    }
}
