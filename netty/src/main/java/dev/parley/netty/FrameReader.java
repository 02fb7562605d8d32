package dev.parley.netty;

import dev.parley.leg.BufferBudget;
import dev.parley.leg.Failure;
import dev.parley.leg.LegListener;
import dev.parley.protocol.Bytes;
import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads WebSocket frames (RFC 6455 section 5) from one peer and tells whole messages. What a read brings is copied once
 * into the thread's {@link Scratch}, where frames are unmasked in place and messages told where they lie; the buffer
 * is free at once. Only half a frame and fragments are kept, in arrays of their own. Nothing larger than the limit is
 * ever kept. Not safe for use by several threads.
 */
final class FrameReader {
    private static final int CONTINUATION = 0;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int LONGEST_CONTROL = 125;
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final byte[] NOTHING = {};
    /** Bytes that each peer may leave here without taking room for them: about what one read brings. */
    private static final int FREE = 128 << 10;
    /** So much may be copied with each read; more only if the read brings a fair part of it, since it may bring a byte. */
    private static final int LITTLE = 4 << 10;

    /** What a peer sent. Bytes are on loan. */
    interface Handler {
        void text(Bytes message);

        void binary(Bytes message);

        void ping(Bytes payload);

        void pong();

        /** A close frame; 1005 if it had no code. */
        void close(int code, String reason);

        /** The peer broke the protocol or a limit; nothing more is read from it. */
        void fault(Failure failure, String text);
    }

    private final Handler handler;
    private final boolean masked;
    private final int maxMessage;
    /** What is left of a frame whose end has not come; its length is the second number. */
    private byte[] kept = NOTHING;

    private int keptLength;
    /** The length of the frame whose end has not come; 0 if its header has not come either. */
    private int wanted;
    /** What is being read now: from {@code at} to {@code end} of {@code bytes}. */
    private byte[] bytes = NOTHING;

    private int at;
    private int end;
    private byte @Nullable [] fragments;
    private int fragmentsLength;
    private int fragmentsOpcode;
    private boolean fragmentsAscii;
    private boolean finished;
    private BufferBudget.Account account = LegListener.UNBOUNDED;
    /** What was taken from the account. */
    private long taken;

    /**
     * A reader of one connection.
     *
     * @param masked whether frames must be masked, as those of clients are, or must not
     * @param maxMessage the longest message taken, in bytes
     */
    FrameReader(Handler handler, boolean masked, int maxMessage) {
        this.handler = handler;
        this.masked = masked;
        this.maxMessage = maxMessage;
    }

    /** Names the account from which room is taken for what is kept. */
    void takeFrom(BufferBudget.Account budget) {
        account = budget;
    }

    /** Takes bytes as they arrived, and the buffer with them. */
    void read(ByteBuf in) {
        int more = in.readableBytes();
        if (finished || more == 0) {
            in.release();
            return;
        }
        Scratch scratch = Scratch.here();
        boolean small = keptLength + more <= Scratch.READING && (keptLength < LITTLE || more >= keptLength / 8);
        byte[] all = small ? scratch.take() : room(more);
        if (small) {
            System.arraycopy(kept, 0, all, 0, keptLength);
        }
        in.readBytes(all, keptLength, more).release();
        bytes = all;
        at = 0;
        end = keptLength + more;
        boolean failed = true;
        try {
            while (!finished && readFrame()) {
                // Each turn tells one frame.
            }
            failed = false;
        } finally {
            bytes = NOTHING;
            if (failed || finished) {
                end = at;
            }
            keep(all, small);
            if (small) {
                scratch.giveBack();
            }
        }
        if (finished) {
            release();
        } else if (kept.length > FREE || fragments != null || taken > 0) {
            settle();
        }
    }

    /** Takes room for what is kept beyond the free bytes, or gives it back. */
    private void settle() {
        long all = (long) kept.length + (fragments == null ? 0 : fragments.length);
        long more = Math.max(0, all - FREE) - taken;
        if (more < 0) {
            account.giveBack(-more);
        } else if (more > 0 && !account.take(more)) {
            fault(
                    Failure.OVERLOADED,
                    "there is no room for the rest of a long message now; send shorter ones, or later");
            release();
            return;
        }
        taken += more;
    }

    /** What is kept, with room for more; twice as much, so that a long message is copied a few times and not once a packet. */
    private byte[] room(int more) {
        int size = keptLength + more;
        if (kept.length < size) {
            kept = Arrays.copyOf(kept, Math.max(size, (int) Math.min(2L * size, wanted)));
        }
        return kept;
    }

    private void keep(byte[] all, boolean small) {
        keptLength = end - at;
        if (keptLength == 0) {
            kept = NOTHING;
        } else if (small || at > 0) {
            kept = Arrays.copyOfRange(all, at, end);
        }
    }

    /** Frees what is kept; nothing is read afterwards. */
    void release() {
        finished = true;
        kept = NOTHING;
        keptLength = 0;
        fragments = null;
        account.giveBack(taken);
        taken = 0;
    }

    /** Tells one frame, if it is all there. */
    private boolean readFrame() {
        byte[] in = bytes;
        int start = at;
        int available = end - start;
        wanted = 0;
        if (available < 2) {
            return false;
        }
        int first = in[start];
        int second = in[start + 1];
        int opcode = first & 15;
        boolean last = first < 0;
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
        boolean shortest = true;
        if (header == 4) {
            length = (short) SHORT.get(in, start + 2) & 0xffff;
            shortest = length > 125;
        } else if (header == 10) {
            length = (long) LONG.get(in, start + 2);
            shortest = length < 0 || length > 0xffff;
        }
        String fault = headerFault(first, second < 0, opcode, last, length, shortest);
        if (fault != null) {
            return fault(Failure.PROTOCOL_ERROR, fault);
        }
        if (length > maxMessage - (opcode >= CLOSE ? 0 : fragmentsLength)) {
            return fault(Failure.TOO_BIG, "a message is longer than " + maxMessage + " bytes");
        }
        header += masked ? 4 : 0;
        int payload = (int) length;
        if (available - header < payload) {
            wanted = header + payload;
            return false;
        }
        int from = start + header;
        at = from + payload;
        boolean ascii = masked ? Octets.mask(in, from - 4, from, payload) : Octets.ascii(in, from, payload);
        deliver(in, from, payload, opcode, last, ascii);
        return true;
    }

    private @Nullable String headerFault(
            int first, boolean hasMask, int opcode, boolean last, long length, boolean shortest) {
        if ((first & 0x70) != 0) {
            return "a reserved bit is set in a frame, though no extension was agreed";
        }
        if (hasMask != masked) {
            return masked ? "a client's frame is not masked" : "a server's frame is masked";
        }
        if (length < 0) {
            return "a frame's length is negative";
        }
        if (!shortest) {
            return "a frame's length is not in its shortest form";
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
        boolean inside = fragments != null;
        if (opcode == CONTINUATION && !inside) {
            return "a message starts with a continuation frame";
        }
        return opcode != CONTINUATION && inside ? "a message starts inside another" : null;
    }

    private void deliver(byte[] in, int from, int length, int opcode, boolean last, boolean ascii) {
        switch (opcode) {
            case PING -> handler.ping(Bytes.lend(in, from, length));
            case PONG -> handler.pong();
            case CLOSE -> close(in, from, length);
            default -> {
                if (opcode != CONTINUATION && last) {
                    message(in, from, length, opcode, ascii);
                } else {
                    fragment(in, from, length, opcode, last, ascii);
                }
            }
        }
    }

    private void fragment(byte[] in, int from, int length, int opcode, boolean last, boolean ascii) {
        byte[] parts = fragments;
        int before = fragmentsLength;
        if (parts == null) {
            parts = new byte[Math.max(256, length)];
            fragmentsOpcode = opcode;
            fragmentsAscii = true;
        } else if (parts.length - before < length) {
            parts = Arrays.copyOf(parts, (int) Math.min(2L * (before + length), maxMessage));
        }
        System.arraycopy(in, from, parts, before, length);
        fragments = parts;
        fragmentsLength = before + length;
        fragmentsAscii &= ascii;
        if (last) {
            fragments = null;
            fragmentsLength = 0;
            message(parts, 0, before + length, fragmentsOpcode, fragmentsAscii);
        }
    }

    private void message(byte[] in, int from, int length, int opcode, boolean ascii) {
        if (opcode == BINARY) {
            handler.binary(Bytes.lend(in, from, length));
        } else if (ascii || Utf8.valid(in, from, length)) {
            handler.text(Bytes.lend(in, from, length));
        } else {
            fault(Failure.INVALID_UTF8, "a text message is not UTF-8");
        }
    }

    private void close(byte[] in, int from, int length) {
        finished = true;
        if (length == 0) {
            handler.close(1005, "");
            return;
        }
        if (length == 1) {
            handler.fault(Failure.PROTOCOL_ERROR, "a close frame has one byte of a code");
            return;
        }
        int code = (short) SHORT.get(in, from) & 0xffff;
        boolean known = (code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006)
                || (code >= 3000 && code <= 4999);
        if (!known) {
            handler.fault(Failure.PROTOCOL_ERROR, "a close frame has the code " + code);
        } else if (!Utf8.valid(in, from + 2, length - 2)) {
            handler.fault(Failure.INVALID_UTF8, "a close frame's reason is not UTF-8");
        } else {
            handler.close(code, new String(in, from + 2, length - 2, StandardCharsets.UTF_8));
        }
    }

    private boolean fault(Failure failure, String text) {
        finished = true;
        handler.fault(failure, text);
        return false;
    }
}
