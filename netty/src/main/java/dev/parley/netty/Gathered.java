package dev.parley.netty;

import dev.parley.dialect.Dialect;
import dev.parley.lane.Lane;
import dev.parley.protocol.Bytes;
import dev.parley.transport.Envelope;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * The frames for one socket that wait to be flushed, in one buffer, so that what a read leads to is one write. Only texts
 * have an envelope. Used on the channel's event loop.
 */
final class Gathered implements Dialect.Messages {
    /** Bytes gathered before they are given to the socket without waiting for the flush. */
    private static final int ENOUGH = 64 << 10;

    private static final int LEAST = 1024;
    /** Room for what is gathered and the event that makes it enough; a longer event has a buffer of its own length. */
    private static final int MOST = 2 * ENOUGH;

    private final Channel channel;
    private final Lane lane;
    private final Envelope envelope;
    private final FrameWriter writer;
    private @Nullable ByteBuf out;
    /** How much will be gathered, judged by the last time, so that the buffer need not grow. */
    private int likely = LEAST;

    private boolean unflushed;
    private long given;

    /**
     * Nothing yet, for an open channel.
     *
     * @param masked whether frames are masked, as those to servers are
     */
    Gathered(Channel channel, Lane lane, Envelope envelope, boolean masked) {
        this.channel = channel;
        this.lane = lane;
        this.envelope = envelope;
        this.writer = new FrameWriter(masked);
    }

    @Override
    public void text(Bytes message) {
        byte[] before = envelope.before();
        byte[] after = envelope.after(envelope.wrapped() ? lane.epochMillis() : 0);
        ByteBuf buffer = room(message.length() + before.length + after.length);
        writer.text(buffer, before, message, after);
        added(buffer);
    }

    @Override
    public void binary(Bytes message) {
        ByteBuf buffer = room(message.length());
        writer.binary(buffer, message);
        added(buffer);
    }

    void ping() {
        writer.ping(room(0));
        unflushed = true;
    }

    void pong(Bytes payload) {
        writer.pong(room(payload.length()), payload);
        unflushed = true;
    }

    /** Adds a close frame; one without a code if that is 1005. */
    void close(int code, String reason) {
        writer.close(room(256), code, reason);
        unflushed = true;
    }

    /** Gives the socket what is gathered, and flushes if anything was added since the last time. */
    void flush() {
        if (unflushed) {
            unflushed = false;
            hand();
            channel.flush();
        }
    }

    /** The bytes given to the socket in all. */
    long given() {
        return given;
    }

    /** Frees what is left; nothing is added afterwards. */
    void release() {
        if (out != null) {
            out.release();
            out = null;
        }
    }

    private ByteBuf room(int payload) {
        ByteBuf buffer = out;
        if (buffer == null) {
            buffer = channel.alloc().buffer(Math.max(payload + FrameWriter.HEADER, likely));
            out = buffer;
        }
        return buffer;
    }

    private void added(ByteBuf buffer) {
        unflushed = true;
        if (buffer.readableBytes() > ENOUGH) {
            hand();
        }
    }

    private void hand() {
        if (out != null) {
            likely = Math.clamp(out.readableBytes(), LEAST, MOST);
            given += out.readableBytes();
            channel.write(out, channel.voidPromise());
            out = null;
        }
    }
}
