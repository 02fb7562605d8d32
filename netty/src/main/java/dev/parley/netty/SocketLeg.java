package dev.parley.netty;

import dev.parley.dialect.Dialect;
import dev.parley.lane.Lane;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Event;
import dev.parley.protocol.Ids;
import dev.parley.transport.Admission.Wrapping;
import dev.parley.transport.Envelope;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A leg that is a WebSocket, from the end of the handshake to the end of the connection; the same for clients and for
 * providers but for masks and names of failures. Everything happens on the channel's event loop, which is the lane.
 */
final class SocketLeg extends ChannelInboundHandlerAdapter implements Leg, FrameReader.Handler {
    /** How long the peer may take to answer a close. */
    private static final Duration CLOSING = Duration.ofSeconds(2);
    /**
     * How long is still read from a peer at fault: closed with bytes unread, a TCP connection is reset, and the close
     * frame may be lost with it (RFC 6455 section 7.1.1).
     */
    private static final Duration LINGER = Duration.ofMillis(500);
    /** Whose socket this is: names the failures and decides on masks. */
    enum Peer {
        CLIENT(Failure.NORMAL, Failure.CLIENT_LOST),
        PROVIDER(Failure.PROVIDER_CLOSED, Failure.PROVIDER_LOST);

        private final Failure closed;
        private final Failure lost;

        Peer(Failure closed, Failure lost) {
            this.closed = closed;
            this.lost = lost;
        }
    }

    private final Peer peer;
    private final Channel channel;
    private final Lane lane;
    private final Dialect dialect;
    private final Leg face;
    private final FrameReader reader;
    private final Gathered out;
    private final Duration idle;
    private final Duration farewell;
    private final Consumer<Event> tell;
    private @Nullable LegListener listener;
    /** The last ping that could not be answered yet. */
    private @Nullable Bytes owed;

    private boolean told;
    private @Nullable CloseReason closing;
    private long lastRead;
    /** When the peer was last seen not to have taken what it was sent. */
    private long lastFull;

    private Runnable watch = () -> {};
    private Runnable cut = () -> {};

    /**
     * A leg on an open channel.
     *
     * @param idle silence after which the peer is taken for lost
     * @param farewell how long a peer that has not read all it was sent may take to answer a close
     * @param face the leg that the session knows; null: this one
     */
    SocketLeg(
            Peer peer,
            Channel channel,
            Lane lane,
            Dialect dialect,
            Wrapping wrapping,
            int maxMessage,
            Duration idle,
            Duration farewell,
            @Nullable Leg face) {
        this.peer = peer;
        this.channel = channel;
        this.lane = lane;
        this.dialect = dialect;
        this.idle = idle;
        this.farewell = farewell;
        this.face = face == null ? this : face;
        this.reader = new FrameReader(this, peer == Peer.CLIENT, maxMessage);
        this.out = new Gathered(channel, lane, new Envelope(wrapping), peer == Peer.PROVIDER);
        this.tell = this::tell;
    }

    /** Names the one who is told of this leg, and begins to watch the peer. */
    void begin(LegListener told) {
        listener = told;
        reader.takeFrom(told.room());
        lastRead = lane.nanoTime();
        lastFull = lastRead;
        watch = lane.schedule(this::watchPeer, idle.dividedBy(4));
    }

    // ---- What the session asks ----------------------------------------------------------------------------------

    @Override
    public void send(Event event) {
        if (closing != null || told) {
            return;
        }
        dialect.outbound(event, out);
    }

    @Override
    public boolean writable() {
        return channel.isWritable();
    }

    @Override
    public long taken() {
        ChannelOutboundBuffer left = channel.unsafe().outboundBuffer();
        return left == null ? out.given() : out.given() - left.totalPendingWriteBytes() + left.currentProgress();
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void reading(boolean on) {
        lastRead = lane.nanoTime();
        channel.config().setAutoRead(on);
    }

    @Override
    public void close(CloseReason why) {
        if (closing != null || told) {
            return;
        }
        closing = why;
        watch.run();
        // A paused peer's answer would not be read.
        channel.config().setAutoRead(true);
        out.close(why.code(), why.text());
        flush();
        cut = lane.schedule(channel::close, patience(why.failure() == Failure.CLIENT_TOO_SLOW));
    }

    /** Whether the socket has not taken all that it was given. */
    private boolean unread() {
        ChannelOutboundBuffer left = channel.unsafe().outboundBuffer();
        return left != null && left.totalPendingWriteBytes() > 0;
    }

    // ---- What the peer sends ------------------------------------------------------------------------------------

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        lastRead = lane.nanoTime();
        reader.read((ByteBuf) message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (listener != null && !told) {
            listener.batchEnd(face);
        }
        flush();
    }

    @Override
    public void text(Bytes message) {
        if (closing == null) {
            dialect.inbound(message, tell);
        }
    }

    @Override
    public void binary(Bytes message) {
        if (closing == null) {
            dialect.binary(message, tell);
        }
    }

    private void tell(Event event) {
        if (listener != null && !told) {
            listener.event(face, event);
        }
    }

    @Override
    public void ping(Bytes payload) {
        owed = null;
        if (!channel.isWritable()) {
            // One answer is enough for many pings (RFC 6455 section 5.5.3), and must be for a peer that reads none.
            owed = payload.copy();
        } else if (closing == null && !told) {
            out.pong(payload);
        }
    }

    private void answerPing() {
        if (owed != null && channel.isWritable() && closing == null && !told) {
            out.pong(owed);
            owed = null;
            flush();
        }
    }

    @Override
    public void pong() {}

    @Override
    public void close(int code, String reason) {
        if (closing == null) {
            out.close(code, "");
        }
        ended(new CloseReason(peer.closed, code, reason), false, ChannelFutureListener.CLOSE);
    }

    @Override
    public void fault(Failure failure, String text) {
        CloseReason why = CloseReason.of(failure, text);
        if (closing == null) {
            if (peer == Peer.CLIENT) {
                send(ErrorDetail.invalid(failure.code(), "The connection ends: " + text + ".", null)
                        .event(Ids.next("event", lane.random()), null));
            }
            out.close(why.code(), why.text());
        }
        channel.config().setAutoRead(true);
        Failure known = peer == Peer.CLIENT || failure == Failure.OVERLOADED ? failure : Failure.PROVIDER_LOST;
        ended(new CloseReason(known, known.closeCode(), text), true, done -> {
            if (done.isSuccess()) {
                lane.schedule(channel::close, LINGER);
            }
        });
    }

    /** The peer has said its last word: what is left goes out, and then the connection ends. */
    private void ended(CloseReason why, boolean patient, ChannelFutureListener whenOut) {
        flush();
        cut.run();
        cut = lane.schedule(channel::close, patient ? patience(false) : CLOSING);
        closed(why);
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(whenOut);
    }

    /** How long the peer may take to read the last that it was sent, and to answer. */
    private Duration patience(boolean slow) {
        return (slow || unread()) && farewell.compareTo(CLOSING) > 0 ? farewell : CLOSING;
    }

    // ---- What happens to the connection -------------------------------------------------------------------------

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        // May come from within send or flush, from where the session is not to be called.
        lane.execute(() -> {
            answerPing();
            if (listener != null && !told) {
                listener.writable(face, channel.isWritable());
            }
        });
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        cut.run();
        closed(CloseReason.of(peer.lost, "the connection broke without a close"));
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        reader.release();
        out.release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        String text = "the connection broke: " + cause.getClass().getSimpleName();
        // May come from within flush, from where the session is not to be called.
        lane.execute(() -> closed(CloseReason.of(peer.lost, text)));
        ctx.close();
    }

    private void watchPeer() {
        if (told) {
            return;
        }
        long now = lane.nanoTime();
        long silent = now - lastRead;
        // A client that has not read what is before the ping is not lost; how long it may be slow the session knows.
        lastFull = peer == Peer.CLIENT && !channel.isWritable() ? now : lastFull;
        if (!channel.config().isAutoRead()) {
            lastRead = now;
        } else if (silent > idle.toNanos() && now - lastFull > idle.toNanos()) {
            String text = "nothing came for " + idle.toMillis() + " ms, not even a pong";
            if (peer == Peer.CLIENT) {
                // It may have stopped for a while, and read on.
                fault(Failure.CLIENT_LOST, text);
            } else {
                closed(CloseReason.of(Failure.PROVIDER_STALLED, text));
                channel.close();
            }
            return;
        } else if (silent > idle.toNanos() / 2) {
            out.ping();
            flush();
        }
        watch = lane.schedule(this::watchPeer, idle.dividedBy(4));
    }

    /** Tells the end once: the session's own reason, if it was the session that closed. */
    private void closed(CloseReason why) {
        if (told) {
            return;
        }
        told = true;
        watch.run();
        if (listener != null) {
            listener.closed(face, closing == null ? why : closing);
        }
    }
}
