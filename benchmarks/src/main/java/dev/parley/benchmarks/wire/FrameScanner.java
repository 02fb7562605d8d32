package dev.parley.benchmarks.wire;

import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;

/** Finds the messages in one direction of a connection. Text stays where it is, masked, unless it came in fragments. */
final class FrameScanner {
    private final ByteArrayOutputStream fragments = new ByteArrayOutputStream();

    /** Where messages go. */
    interface Sink {
        void text(ByteBuffer in, int at, int length, int mask);

        void control(int opcode, byte[] payload);
    }

    /**
     * Takes all whole frames; the position is then at the first that is not whole.
     *
     * @throws ProtocolException if a frame can never become whole in a buffer of this size
     */
    void scan(ByteBuffer in, Sink sink) throws ProtocolException {
        while (in.remaining() >= 2) {
            int start = in.position();
            int first = in.get(start);
            int second = in.get(start + 1);
            long length = second & 127;
            int header = 2;
            if (length == 126) {
                if (in.remaining() < 4) {
                    return;
                }
                length = in.getShort(start + 2) & 0xffff;
                header = 4;
            } else if (length == 127) {
                if (in.remaining() < 10) {
                    return;
                }
                length = in.getLong(start + 2);
                header = 10;
            }
            boolean masked = second < 0;
            header += masked ? 4 : 0;
            if (length < 0 || length > in.capacity() - header) {
                throw new ProtocolException(
                        "a frame of " + length + " bytes; the bench takes up to " + (in.capacity() - header));
            }
            if (in.remaining() < header + length) {
                return;
            }
            int mask = masked ? in.getInt(start + header - 4) : 0;
            in.position(start + header + (int) length);
            frame(first < 0, first & 15, in, start + header, (int) length, mask, sink);
        }
    }

    private void frame(boolean fin, int opcode, ByteBuffer in, int at, int length, int mask, Sink sink) {
        if (opcode >= Frames.CLOSE) {
            sink.control(opcode, unmasked(in, at, length, mask));
        } else if (fin && opcode != Frames.CONTINUATION) {
            sink.text(in, at, length, mask);
        } else {
            fragments.writeBytes(unmasked(in, at, length, mask));
            if (fin) {
                byte[] whole = fragments.toByteArray();
                fragments.reset();
                sink.text(ByteBuffer.wrap(whole), 0, whole.length, 0);
            }
        }
    }

    private static byte[] unmasked(ByteBuffer in, int at, int length, int mask) {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        Frames.putMasked(bytes, in.slice(at, length), mask);
        return bytes.array();
    }
}
