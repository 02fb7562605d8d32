package dev.parley.local.speech;

import java.util.ArrayList;
import java.util.List;

/**
 * A spoken text cut into phrases that are synthesised one after another: at sentence ends, at commas where a phrase is
 * long, and anywhere when it would go on for ever. The first phrase is kept short, because its length is what the
 * listener waits for.
 */
final class Phrasing {
    private static final int FIRST = 24;
    private static final int LONG = 70;
    private static final int LONGEST = 200;

    private Phrasing() {}

    static List<String> of(String text) {
        List<String> phrases = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            int length = at - start;
            boolean end = c == '.' || c == '?' || c == '!';
            boolean comma = c == ',' && length >= (phrases.isEmpty() ? FIRST : LONG);
            boolean space = c == ' ' && length >= LONGEST;
            if (end || comma || space || length >= 2 * LONGEST) {
                add(phrases, text.substring(start, at + 1), false);
                start = at + 1;
            }
        }
        add(phrases, text.substring(start), true);
        return phrases;
    }

    private static void add(List<String> phrases, String phrase, boolean last) {
        String trimmed = phrase.strip();
        if (trimmed.chars().anyMatch(Character::isLetter)) {
            // Without a mark at its end, MaryTTS reads a phrase at half the pace.
            boolean marked = ".,?!".indexOf(trimmed.charAt(trimmed.length() - 1)) >= 0;
            phrases.add(marked ? trimmed : trimmed + (last ? "." : ","));
        }
    }
}
