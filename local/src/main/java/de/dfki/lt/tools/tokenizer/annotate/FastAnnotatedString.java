package de.dfki.lt.tools.tokenizer.annotate;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An annotated string that keeps a value for each character; used by one thread. */
public class FastAnnotatedString implements AnnotatedString {
    private final String text;
    private final Map<String, Run[]> runs = new HashMap<>();
    private int cursor;

    /** Begins with no annotations and the cursor at the start. */
    public FastAnnotatedString(String text) {
        this.text = text;
    }

    @Override
    public char setIndex(int index) {
        if (index < 0 || index > text.length()) {
            throw new IllegalArgumentException("index " + index + " is outside of 0.." + text.length());
        }
        cursor = index;
        return index < text.length() ? text.charAt(index) : DONE;
    }

    @Override
    public int getRunStart(String key) {
        int at = cursor;
        while (at > 0 && runAt(key, at - 1) == runAt(key, cursor)) {
            at--;
        }
        return at;
    }

    @Override
    public int getRunLimit(String key) {
        int at = cursor;
        while (at < text.length() && runAt(key, at) == runAt(key, cursor)) {
            at++;
        }
        return at;
    }

    @Override
    public @Nullable Object getAnnotation(String key) {
        Run run = runAt(key, cursor);
        return run == null ? null : run.value;
    }

    @Override
    public String substring(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public void annotate(String key, Object value, int start, int end) {
        Run run = new Run(value);
        Run[] all = runs.computeIfAbsent(key, any -> new Run[text.length()]);
        for (int at = start; at < Math.min(end, all.length); at++) {
            all[at] = run;
        }
    }

    @Override
    public String toString() {
        return text;
    }

    private @Nullable Run runAt(String key, int at) {
        Run[] all = runs.get(key);
        return all == null || at >= all.length ? null : all[at];
    }

    /** One call of annotate; compared by identity, so two neighbours with equal values stay apart. */
    private static final class Run {
        private final Object value;

        Run(Object value) {
            this.value = value;
        }
    }
}
