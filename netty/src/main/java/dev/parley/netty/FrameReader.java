package dev.parley.netty;

import dev.parley.leg.Failure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Reads WebSocket frames (RFC 6455 section 5) from one peer and tells whole messages. A message that came in one frame
 * is told where it lies in the read buffer, unmasked in place; only fragments are put together in a buffer of their
 * own. Nothing larger than the limit is ever kept. Not safe for use by several threads.
 */
final class FrameReader {
    private static final int CONTINUATION = 0;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int LONGEST_CONTROL = 125;
    private static final long HIGHS = 0x8080808080808080L;

    /** What a peer sent. Buffers are valid until the call returns. */
    interface Handler {
        void text(ByteBuf buffer, int from, int length);

        void binary(int length);

        void ping(ByteBuf buffer, int from, int length);

        void pong();

        /** A close frame; 1005 if it had no code. */
        void close(int code, String reason);

        /** The peer broke the protocol or a limit; nothing more is read from it. */
        void fault(Failure failure, String text);
    }

    private final Handler handler;
    private final ByteBufAllocator allocator;
    private final boolean masked;
    private final int maxMessage;
    private @Nullable ByteBuf unread;
    private @Nullable ByteBuf fragments;
    private int fragmentsOpcode;
    private boolean fragmentsAscii;
    private boolean finished;
    private boolean ascii;

    /**
     * A reader of one connection.
     *
     * @param masked whether frames must be masked, as those of clients are, or must not
     * @param maxMessage the longest message taken, in bytes
     */
    FrameReader(Handler handler, ByteBufAllocator allocator, boolean masked, int maxMessage) {
        this.handler = handler;
        this.allocator = allocator;
        this.masked = masked;
        this.maxMessage = maxMessage;
    }

    /** Takes bytes as they arrived, and the buffer with them. */
    void read(ByteBuf in) {
        if (finished) {
            in.release();
            return;
        }
        ByteBuf all = join(in);
        unread = null;
        boolean failed = true;
        try {
            while (!finished && readFrame(all)) {
                // Each turn tells one frame.
            }
            failed = false;
        } finally {
            if (failed || finished || !all.isReadable()) {
                all.release();
            } else {
                unread = all;
            }
        }
    }

    /** Frees what is kept; nothing is read afterwards. */
    void release() {
        finished = true;
        if (unread != null) {
            unread.release();
            unread = null;
        }
        dropFragments();
    }

    private ByteBuf join(ByteBuf in) {
        ByteBuf before = unread;
        if (before == null) {
            return in;
        }
        if (before.maxFastWritableBytes() < in.readableBytes() || before.refCnt() > 1) {
            // Room for as much again, so that a long message is copied a few times and not once a packet.
            int size = before.readableBytes();
            ByteBuf larger = allocator.buffer(Math.max(size * 2, size + in.readableBytes()));
            larger.writeBytes(before);
            before.release();
            before = larger;
        }
        before.writeBytes(in);
        in.release();
        return before;
    }

    /** Tells one frame, if it is all there. */
    private boolean readFrame(ByteBuf in) {
        int start = in.readerIndex();
        int available = in.readableBytes();
        if (available < 2) {
            return false;
        }
        int first = in.getUnsignedByte(start);
        int second = in.getUnsignedByte(start + 1);
        int opcode = first & 15;
        boolean last = (first & 0x80) != 0;
        int header = 2;
        long length = second & 127;
        if (length == 126) {
            header = 4;
        } else if (length == 127) {
            header = 10;
        }
        if (available < header) {
            return false;
        }
        if (header == 4) {
            length = in.getUnsignedShort(start + 2);
        } else if (header == 10) {
            length = in.getLong(start + 2);
        }
        String fault = headerFault(first, (second & 0x80) != 0, opcode, last, length);
        if (fault != null) {
            return fault(Failure.PROTOCOL_ERROR, fault);
        }
        int before = fragments == null ? 0 : fragments.readableBytes();
        if (length > maxMessage - (opcode >= CLOSE ? 0 : before)) {
            return fault(Failure.TOO_BIG, "a message is longer than " + maxMessage + " bytes");
        }
        header += masked ? 4 : 0;
        int payload = (int) length;
        if (available - header < payload) {
            return false;
        }
        int from = start + header;
        ascii = masked ? unmask(in, from, payload, in.getInt(from - 4)) : plainAscii(in, from, payload);
        in.readerIndex(from + payload);
        deliver(in, from, payload, opcode, last);
        return true;
    }

    private @Nullable String headerFault(int first, boolean hasMask, int opcode, boolean last, long length) {
        if ((first & 0x70) != 0) {
            return "a reserved bit is set in a frame, though no extension was agreed";
        }
        if (hasMask != masked) {
            return masked ? "a client's frame is not masked" : "a server's frame is masked";
        }
        if (opcode >= CLOSE) {
            if (opcode > PONG) {
                return "a frame has the unknown opcode " + opcode;
            }
            if (!last) {
                return "a control frame is fragmented";
            }
            return length > LONGEST_CONTROL ? "a control frame is longer than 125 bytes" : null;
        }
        if (opcode > BINARY) {
            return "a frame has the unknown opcode " + opcode;
        }
        if (length < 0) {
            return "a frame's length is negative";
        }
        boolean inside = fragments != null;
        if (opcode == CONTINUATION && !inside) {
            return "a message starts with a continuation frame";
        }
        return opcode != CONTINUATION && inside ? "a message starts inside another" : null;
    }

    private void deliver(ByteBuf in, int from, int length, int opcode, boolean last) {
        switch (opcode) {
            case PING -> handler.ping(in, from, length);
            case PONG -> handler.pong();
            case CLOSE -> close(in, from, length);
            default -> {
                if (opcode != CONTINUATION && last) {
                    message(in, from, length, opcode, ascii);
                } else {
                    fragment(in, from, length, opcode, last);
                }
            }
        }
    }

    private void fragment(ByteBuf in, int from, int length, int opcode, boolean last) {
        ByteBuf parts = fragments;
        if (parts == null) {
            parts = allocator.buffer(Math.max(256, length * 2));
            fragments = parts;
            fragmentsOpcode = opcode;
            fragmentsAscii = true;
        }
        parts.writeBytes(in, from, length);
        fragmentsAscii &= ascii;
        if (last) {
            message(parts, parts.readerIndex(), parts.readableBytes(), fragmentsOpcode, fragmentsAscii);
            dropFragments();
        }
    }

    private void message(ByteBuf in, int from, int length, int opcode, boolean isAscii) {
        if (opcode == BINARY) {
            handler.binary(length);
        } else if (isAscii || Utf8.valid(in, from, length)) {
            handler.text(in, from, length);
        } else {
            fault(Failure.INVALID_UTF8, "a text message is not UTF-8");
        }
    }

    private void close(ByteBuf in, int from, int length) {
        finished = true;
        if (length == 0) {
            handler.close(1005, "");
            return;
        }
        if (length == 1) {
            handler.fault(Failure.PROTOCOL_ERROR, "a close frame has one byte of a code");
            return;
        }
        int code = in.getUnsignedShort(from);
        boolean known = (code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006)
                || (code >= 3000 && code <= 4999);
        if (!known) {
            handler.fault(Failure.PROTOCOL_ERROR, "a close frame has the code " + code);
        } else if (!Utf8.valid(in, from + 2, length - 2)) {
            handler.fault(Failure.INVALID_UTF8, "a close frame's reason is not UTF-8");
        } else {
            handler.close(code, in.toString(from + 2, length - 2, java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    private boolean fault(Failure failure, String text) {
        finished = true;
        handler.fault(failure, text);
        return false;
    }

    private void dropFragments() {
        if (fragments != null) {
            fragments.release();
            fragments = null;
        }
    }

    /** Removes the mask in place; answers whether all bytes are ASCII. */
    private static boolean unmask(ByteBuf in, int from, int length, int mask) {
        long wide = ((long) mask << 32) | (mask & 0xffffffffL);
        long seen = 0;
        int i = from;
        int end = from + length;
        for (; i + 8 <= end; i += 8) {
            long eight = in.getLong(i) ^ wide;
            seen |= eight;
            in.setLong(i, eight);
        }
        for (int k = 0; i < end; i++, k++) {
            int one = in.getByte(i) ^ (mask >>> (24 - 8 * (k & 3)));
            seen |= one & 0xff;
            in.setByte(i, one);
        }
        return (seen & HIGHS) == 0;
    }

    private static boolean plainAscii(ByteBuf in, int from, int length) {
        long seen = 0;
        int i = from;
        int end = from + length;
        for (; i + 8 <= end; i += 8) {
            seen |= in.getLong(i);
        }
        for (; i < end; i++) {
            seen |= in.getUnsignedByte(i);
        }
        return (seen & HIGHS) == 0;
    }
}
