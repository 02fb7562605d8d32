package dev.parley.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * A read-only run of bytes in an array, either its own or <em>on loan</em>: then valid until the call that passed it
 * returns, and keeping it means {@link #copy()}. Not safe for use by several threads, but for bytes of their own.
 */
public final class Bytes {
    private final byte[] array;
    private final int from;
    private final int length;
    private final boolean own;

    private Bytes(byte[] array, int from, int length, boolean own) {
        this.array = array;
        this.from = from;
        this.length = length;
        this.own = own;
    }

    /** The bytes of an array that the caller no longer changes. */
    public static Bytes of(byte[] array) {
        return new Bytes(array, 0, array.length, true);
    }

    /** The UTF-8 bytes of a text. */
    public static Bytes utf8(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Lends a part of an array, which the caller changes again when the call that it passes them to has returned.
     *
     * @throws IndexOutOfBoundsException if the part is not inside the array
     */
    public static Bytes lend(byte[] array, int from, int length) {
        Objects.checkFromIndexSize(from, length, array.length);
        return new Bytes(array, from, length, false);
    }

    /** The number of bytes. */
    public int length() {
        return length;
    }

    /** The byte at an index from 0 to {@code length() - 1}. */
    public byte at(int index) {
        return array[from + index];
    }

    /** Copies {@code count} bytes from {@code start} on into {@code target} at {@code at}. */
    public void copyTo(int start, byte[] target, int at, int count) {
        System.arraycopy(array, from + start, target, at, count);
    }

    /** The bytes from {@code start} (inclusive) to {@code to} (exclusive), copied. */
    public byte[] array(int start, int to) {
        return Arrays.copyOfRange(array, from + start, from + to);
    }

    /** The text from {@code start} (inclusive) to {@code to} (exclusive), read as UTF-8. */
    public String text(int start, int to) {
        return new String(array, from + start, to - start, StandardCharsets.UTF_8);
    }

    /** The bytes from {@code start} (inclusive) to {@code to} (exclusive), not copied: on loan as these are. */
    public Bytes part(int start, int to) {
        Objects.checkFromToIndex(start, to, length);
        return new Bytes(array, from + start, to - start, false);
    }

    /** The same bytes in memory of their own, valid for as long as they are held. */
    public Bytes copy() {
        return own ? this : of(array(0, length));
    }

    /** The array that holds them, for the scan alone: what is around them is somebody else's. */
    byte[] holder() {
        return array;
    }

    /** Where in {@link #holder()} they begin. */
    int offset() {
        return from;
    }
}
