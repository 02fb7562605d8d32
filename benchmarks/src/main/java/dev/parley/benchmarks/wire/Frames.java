package dev.parley.benchmarks.wire;

import java.nio.ByteBuffer;

/** How frames of RFC 6455 are written. */
public final class Frames {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    /** The opcode of a close frame. */
    public static final int CLOSE = 8;
    /** The opcode of a ping. */
    public static final int PING = 9;
    /** The opcode of a pong. */
    public static final int PONG = 10;

    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final int ANY_MASK = 0x5eed1e57;

    private Frames() {}

    static int headerLength(int length, boolean masked) {
        int size = length < 126 ? 2 : length < 65536 ? 4 : 10;
        return masked ? size + 4 : size;
    }

    static void putHeader(ByteBuffer to, int opcode, int length, boolean masked, int mask) {
        int bit = masked ? MASKED : 0;
        to.put((byte) (FIN | opcode));
        if (length < 126) {
            to.put((byte) (bit | length));
        } else if (length < 65536) {
            to.put((byte) (bit | 126)).putShort((short) length);
        } else {
            to.put((byte) (bit | 127)).putLong(length);
        }
        if (masked) {
            to.putInt(mask);
        }
    }

    static void putMasked(ByteBuffer to, ByteBuffer text, int mask) {
        for (int i = 0; text.hasRemaining(); i++) {
            to.put((byte) (text.get() ^ mask >>> (24 - 8 * (i & 3))));
        }
    }

    /** One frame with a copy of these bytes. */
    public static ByteBuffer of(int opcode, byte[] bytes, boolean masked) {
        ByteBuffer frame = ByteBuffer.allocate(headerLength(bytes.length, masked) + bytes.length);
        int mask = masked ? ANY_MASK : 0;
        putHeader(frame, opcode, bytes.length, masked, mask);
        putMasked(frame, ByteBuffer.wrap(bytes), mask);
        return frame.flip();
    }

    /** One text frame. */
    public static ByteBuffer text(byte[] bytes, boolean masked) {
        return of(TEXT, bytes, masked);
    }
}
