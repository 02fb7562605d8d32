package de.dfki.lt.tools.tokenizer.annotate;

import org.jspecify.annotations.Nullable;

/** A string whose stretches carry named values, read through a cursor. */
public interface AnnotatedString {
    /** What {@link #setIndex} returns behind the last character. */
    char DONE = '\uFFFF';

    /** Moves the cursor and returns the character there, or {@link #DONE} at the end. */
    char setIndex(int index);

    /** The start of the stretch around the cursor that was annotated with {@code key} in one go, or left out of it. */
    int getRunStart(String key);

    /** The end, exclusive, of the stretch around the cursor. */
    int getRunLimit(String key);

    /** The value at the cursor, or null. */
    @Nullable
    Object getAnnotation(String key);

    /** The characters from {@code start} to {@code end}, exclusive. */
    String substring(int start, int end);

    /** Gives a stretch a value. */
    void annotate(String key, Object value, int start, int end);
}
