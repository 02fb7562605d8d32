package dev.parley.guardrail.gate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * What the application has the agent say, which no guardrail is asked about. An answer is known by its words and not by
 * who asked for it: what a model says in their place is not among them. Lane only.
 */
final class OwnWords {
    private static final int MOST = 16;

    private final Deque<String> known = new ArrayDeque<>();

    /** Adds what will be said. */
    void add(String words) {
        known.addLast(letters(words));
        if (known.size() > MOST) {
            known.removeFirst();
        }
    }

    /** Whether some of them begin with a text, whatever is between its letters and digits. */
    boolean begin(String text) {
        String letters = letters(text);
        return !letters.isEmpty() && known.stream().anyMatch(own -> own.startsWith(letters));
    }

    private static String letters(String text) {
        StringBuilder letters = new StringBuilder();
        text.toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(letters::appendCodePoint);
        return letters.toString();
    }
}
