package dev.parley.netty;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** What is done to all bytes of a payload; loops without branches, so that they are compiled to vectors. */
final class Octets {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final long HIGHS = 0x8080808080808080L;

    private Octets() {}

    /**
     * Masks or unmasks in place (RFC 6455 section 5.3).
     *
     * @param key where in the same array the four bytes of the mask stand
     * @param from where the payload begins, or a part of it that begins at a multiple of four
     * @return whether all bytes are ASCII afterwards
     */
    static boolean mask(byte[] bytes, int key, int from, int length) {
        int four = (int) INT.get(bytes, key);
        long seen = xor(bytes, from, length, ((long) four << 32) | (four & 0xffffffffL));
        int done = length & ~7;
        for (int i = done; i < length; i++) {
            byte one = (byte) (bytes[from + i] ^ bytes[key + (i & 3)]);
            bytes[from + i] = one;
            seen |= one;
        }
        return (seen & HIGHS) == 0;
    }

    private static long xor(byte[] bytes, int from, int length, long mask) {
        long seen = 0;
        for (int i = from, to = from + length - 7; i < to; i += 8) {
            long eight = (long) LONG.get(bytes, i) ^ mask;
            LONG.set(bytes, i, eight);
            seen |= eight;
        }
        return seen;
    }

    /** Whether all bytes are ASCII. */
    static boolean ascii(byte[] bytes, int from, int length) {
        long seen = highs(bytes, from, length);
        for (int i = length & ~7; i < length; i++) {
            seen |= bytes[from + i];
        }
        return (seen & HIGHS) == 0;
    }

    private static long highs(byte[] bytes, int from, int length) {
        long seen = 0;
        for (int i = from, to = from + length - 7; i < to; i += 8) {
            seen |= (long) LONG.get(bytes, i) & HIGHS;
        }
        return seen;
    }
}
