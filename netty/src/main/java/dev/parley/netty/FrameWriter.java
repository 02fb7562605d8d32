package dev.parley.netty;

import dev.parley.protocol.Bytes;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Writes WebSocket frames (RFC 6455 section 5.2), masked or not. Not safe for use by several threads. */
final class FrameWriter {
    /** The longest header: two bytes, eight of length, four of mask. */
    static final int HEADER = 14;

    private static final int LAST_TEXT = 0x81;
    private static final int LAST_CLOSE = 0x88;
    private static final int LAST_PING = 0x89;
    private static final int LAST_PONG = 0x8a;

    private final boolean masked;
    /** Masks keep a proxy from being fooled (section 10.3); they need not be secret from the peer. */
    private final SplittableRandom masks = new SplittableRandom();

    FrameWriter(boolean masked) {
        this.masked = masked;
    }

    /** Writes a text message of three parts, of which the outer two may be empty. */
    void text(ByteBuf out, byte[] before, Bytes message, byte[] after) {
        int mask = header(out, LAST_TEXT, before.length + message.length() + after.length);
        int from = out.writerIndex();
        out.writeBytes(before);
        append(out, message);
        out.writeBytes(after);
        mask(out, from, mask);
    }

    void ping(ByteBuf out) {
        header(out, LAST_PING, 0);
    }

    void pong(ByteBuf out, ByteBuf payload, int from, int length) {
        int mask = header(out, LAST_PONG, length);
        int start = out.writerIndex();
        out.writeBytes(payload, from, length);
        mask(out, start, mask);
    }

    /** Writes a close frame; one without a code if that is 1005. */
    void close(ByteBuf out, int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        int mask = header(out, LAST_CLOSE, code == 1005 ? 0 : 2 + text.length);
        int from = out.writerIndex();
        if (code != 1005) {
            out.writeShort(code);
            out.writeBytes(text);
        }
        mask(out, from, mask);
    }

    private static void append(ByteBuf out, Bytes message) {
        if (message instanceof BufferBytes here) {
            here.appendTo(out);
        } else {
            out.writeBytes(message.array(0, message.length()));
        }
    }

    /** Answers the mask. */
    private int header(ByteBuf out, int first, int length) {
        out.ensureWritable(length + HEADER);
        out.writeByte(first);
        int bit = masked ? 0x80 : 0;
        if (length < 126) {
            out.writeByte(bit | length);
        } else if (length < 65536) {
            out.writeByte(bit | 126).writeShort(length);
        } else {
            out.writeByte(bit | 127).writeLong(length);
        }
        if (!masked) {
            return 0;
        }
        int mask = masks.nextInt();
        out.writeInt(mask);
        return mask;
    }

    private void mask(ByteBuf out, int from, int mask) {
        if (!masked) {
            return;
        }
        long wide = ((long) mask << 32) | (mask & 0xffffffffL);
        int end = out.writerIndex();
        int i = from;
        for (; i + 8 <= end; i += 8) {
            out.setLong(i, out.getLong(i) ^ wide);
        }
        for (int k = 0; i < end; i++, k++) {
            out.setByte(i, out.getByte(i) ^ (mask >>> (24 - 8 * (k & 3))));
        }
    }
}
