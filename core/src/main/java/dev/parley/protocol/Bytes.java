package dev.parley.protocol;

import java.nio.charset.StandardCharsets;

/**
 * A read-only run of bytes that is <em>on loan</em>: valid until the call that passed it returns. Keeping it means
 * {@link #copy()}. Not safe for use by several threads, but for what {@code copy()} returned.
 */
public interface Bytes {
    /** The number of bytes. */
    int length();

    /** The byte at an index from 0 to {@code length() - 1}. */
    byte at(int index);

    /** The eight bytes from {@code index} on as a big-endian number. */
    long longAt(int index);

    /** Copies {@code count} bytes from {@code from} on into {@code target} at {@code at}. */
    void copyTo(int from, byte[] target, int at, int count);

    /** The bytes from {@code from} (inclusive) to {@code to} (exclusive), copied. */
    default byte[] array(int from, int to) {
        byte[] copy = new byte[to - from];
        copyTo(from, copy, 0, copy.length);
        return copy;
    }

    /** The text from {@code from} (inclusive) to {@code to} (exclusive), read as UTF-8. */
    default String text(int from, int to) {
        return new String(array(from, to), StandardCharsets.UTF_8);
    }

    /** The same bytes in memory of their own, valid for as long as they are held. */
    default Bytes copy() {
        return of(array(0, length()));
    }

    /** A view of an array that the caller no longer changes. */
    static Bytes of(byte[] array) {
        return new HeapBytes(array);
    }

    /** The UTF-8 bytes of a text. */
    static Bytes utf8(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }
}
