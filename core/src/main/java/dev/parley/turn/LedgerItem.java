package dev.parley.turn;

import dev.parley.Turn;
import java.text.BreakIterator;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One item of a conversation, as far as it is known. Lane only. */
final class LedgerItem {
    final String id;
    final Instant began;
    /** Whether its place is known for sure. */
    boolean placed;
    /** Null: it is no message, or not known to be one. */
    Turn.@Nullable Role role;
    /** What it says, by content index. */
    private final Map<Integer, String> texts = new TreeMap<>();
    /** Whether nothing will be added to its text. */
    boolean written;
    /** Whether nothing more of it will be heard. */
    boolean heardOut;
    /** Whether it was told to listeners. */
    boolean told;

    private boolean cut;
    private boolean cancelled;
    private long heardMillis;
    private long generatedMillis;
    private @Nullable Turn turn;

    LedgerItem(String id, Instant began) {
        this.id = id;
        this.began = began;
    }

    /** Takes over what an item's JSON says; what is known is not overwritten with nothing. */
    void read(JsonNode item) {
        if (!item.path("type").asString("message").equals("message")) {
            return;
        }
        role = switch (item.path("role").asString("")) {
            case "user" -> Turn.Role.USER;
            case "assistant" -> Turn.Role.ASSISTANT;
            case "system" -> Turn.Role.SYSTEM;
            default -> role;
        };
        int index = 0;
        for (JsonNode part : item.path("content")) {
            text(index++, part.path("transcript").asString(part.path("text").asString("")));
        }
    }

    /** One part says this, in place of what was known of it. */
    void text(int index, String text) {
        if (!text.isEmpty()) {
            texts.put(index, text);
            turn = null;
        }
    }

    /** One part says this, too. */
    void append(int index, String more) {
        texts.merge(index, more, String::concat);
        turn = null;
    }

    void cut(long heard, long generated) {
        cut = true;
        heardMillis = heard;
        generatedMillis = Math.max(generated, generatedMillis);
        heardOut = true;
        turn = null;
    }

    void cancelled() {
        cancelled = true;
        turn = null;
    }

    boolean message() {
        return role != null;
    }

    boolean finished() {
        return written && (role != Turn.Role.ASSISTANT || heardOut);
    }

    boolean silent() {
        return texts.isEmpty();
    }

    int length() {
        return texts.values().stream().mapToInt(String::length).sum();
    }

    Turn turn() {
        Turn known = turn;
        if (known == null) {
            String text = String.join("", texts.values());
            Turn.Role who = role == null ? Turn.Role.SYSTEM : role;
            known = new Turn(id, who, text, heard(text), cut || cancelled, began);
            turn = known;
        }
        return known;
    }

    /** The part of the text that the heard part of the audio comes to, without a word that was begun. */
    private String heard(String text) {
        if (!cut || heardMillis >= generatedMillis) {
            return text;
        }
        int end = Math.clamp((long) ((double) text.length() * heardMillis / generatedMillis), 0, text.length());
        BreakIterator words = BreakIterator.getWordInstance(Locale.ROOT);
        words.setText(text);
        return text.substring(0, words.isBoundary(end) ? end : words.preceding(end))
                .stripTrailing();
    }
}
