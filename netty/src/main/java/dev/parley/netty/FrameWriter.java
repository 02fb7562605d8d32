package dev.parley.netty;

import dev.parley.protocol.Bytes;
import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Writes WebSocket frames (RFC 6455 section 5.2), masked or not. A frame is put together, and masked, in the thread's
 * {@link Scratch}, and goes into the socket's buffer in one piece, if it is not very long. Not safe for use by several
 * threads.
 */
final class FrameWriter {
    /** The longest header: two bytes, eight of length, four of mask. */
    static final int HEADER = 14;

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int LAST_TEXT = 0x81;
    private static final int LAST_BINARY = 0x82;
    private static final int LAST_CLOSE = 0x88;
    private static final int LAST_PING = 0x89;
    private static final int LAST_PONG = 0x8a;
    private static final byte[] NONE = {};
    private static final Bytes NOTHING = Bytes.of(new byte[0]);

    private final boolean masked;

    FrameWriter(boolean masked) {
        this.masked = masked;
    }

    /** Writes a text message of three parts, of which the outer two may be empty. */
    void text(ByteBuf out, byte[] before, Bytes message, byte[] after) {
        frame(out, LAST_TEXT, before, message, after);
    }

    /** Writes a binary message. */
    void binary(ByteBuf out, Bytes message) {
        frame(out, LAST_BINARY, NONE, message, NONE);
    }

    void ping(ByteBuf out) {
        frame(out, LAST_PING, NONE, NOTHING, NONE);
    }

    void pong(ByteBuf out, Bytes payload) {
        frame(out, LAST_PONG, NONE, payload, NONE);
    }

    /** Writes a close frame; one without a code if that is 1005. */
    void close(ByteBuf out, int code, String reason) {
        byte[] number = code == 1005 ? NONE : new byte[] {(byte) (code >> 8), (byte) code};
        Bytes text = code == 1005 ? NOTHING : Bytes.utf8(reason);
        frame(out, LAST_CLOSE, number, text, NONE);
    }

    private void frame(ByteBuf out, int first, byte[] before, Bytes message, byte[] after) {
        byte[] frame = Scratch.here().writing;
        int length = before.length + message.length() + after.length;
        int header = header(frame, first, length);
        out.ensureWritable(header + length);
        // Each piece but the last is full, and so ends where the mask begins anew.
        int room = (frame.length - header) & ~7;
        System.arraycopy(before, 0, frame, header, before.length);
        int filled = before.length;
        int taken = 0;
        int takenAfter = 0;
        int from = 0;
        do {
            int next = Math.min(message.length() - taken, room - filled);
            message.copyTo(taken, frame, header + filled, next);
            taken += next;
            filled += next;
            int last = Math.min(after.length - takenAfter, room - filled);
            System.arraycopy(after, takenAfter, frame, header + filled, last);
            takenAfter += last;
            filled += last;
            if (masked) {
                Octets.mask(frame, header - 4, header, filled);
            }
            out.writeBytes(frame, from, header + filled - from);
            length -= filled;
            from = header;
            filled = 0;
        } while (length > 0);
    }

    /** Answers the header's length, the mask included; the mask is its end. */
    private int header(byte[] frame, int first, int length) {
        int bit = masked ? 0x80 : 0;
        frame[0] = (byte) first;
        int header = 2;
        if (length < 126) {
            frame[1] = (byte) (bit | length);
        } else if (length < 65536) {
            frame[1] = (byte) (bit | 126);
            SHORT.set(frame, 2, (short) length);
            header = 4;
        } else {
            frame[1] = (byte) (bit | 127);
            LONG.set(frame, 2, (long) length);
            header = 10;
        }
        if (masked) {
            INT.set(frame, header, Scratch.here().masks.next());
            header += 4;
        }
        return header;
    }
}
