package dev.parley.netty;

import dev.parley.dialect.Dialect;
import dev.parley.lane.Lane;
import dev.parley.leg.BufferBudget;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import dev.parley.protocol.Event;
import dev.parley.transport.Connector.Dial;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The leg of a session whose lane is no event loop: each call crosses to the socket's loop and each notice crosses
 * back, with a copy of its bytes. Bytes under way to the loop count against {@link #writable()}, those under way from
 * it stop the socket's reading.
 */
final class CrossingLeg implements Leg, LegListener {
    private static final long HIGH = 256 << 10;

    private final Lane lane;
    private final NettyLane loop;
    private final LegListener listener;
    private final AtomicLong outgoing = new AtomicLong();
    private final AtomicLong incoming = new AtomicLong();
    private volatile boolean socketWritable = true;
    /** Loop only. */
    private @Nullable Leg socket;
    /** Loop only: what the session wants, and what the way back bears. */
    private boolean wanted = true;

    /** Set on the loop, cleared there; read by the lane. */
    private volatile boolean choked;

    /** Written by the loop, read by the lane. */
    private volatile long taken;

    /** Set by the lane when too much is under way to the loop, cleared by the loop when little is. */
    private volatile boolean full;

    private CrossingLeg(Lane lane, NettyLane loop, LegListener listener) {
        this.lane = lane;
        this.loop = loop;
        this.listener = listener;
    }

    static Leg connect(
            NettyConnector connector, Dial dial, Dialect dialect, Lane lane, NettyLane loop, LegListener listener) {
        CrossingLeg leg = new CrossingLeg(lane, loop, listener);
        loop.execute(() -> leg.socket = connector.connect(dial, dialect, loop, leg));
        return leg;
    }

    private void onSocket(Consumer<Leg> action) {
        loop.execute(() -> {
            if (socket != null) {
                action.accept(socket);
            }
        });
    }

    // ---- From the session to the socket
    // ------------------------------------------------------------------------------

    @Override
    public void send(Event event) {
        Event kept = event.copy();
        long size = kept.wire().length();
        full |= outgoing.addAndGet(size) >= HIGH;
        onSocket(leg -> {
            leg.send(kept);
            if (outgoing.addAndGet(-size) <= HIGH / 2 && full) {
                full = false;
                lane.execute(() -> listener.writable(this, writable()));
            }
        });
    }

    @Override
    public boolean writable() {
        return socketWritable && !full;
    }

    /** As of when it was asked the last time. */
    @Override
    public long taken() {
        onSocket(leg -> taken = leg.taken());
        return taken;
    }

    @Override
    public void flush() {
        onSocket(Leg::flush);
    }

    @Override
    public void reading(boolean on) {
        loop.execute(() -> {
            wanted = on;
            read();
        });
    }

    @Override
    public void close(CloseReason why) {
        onSocket(leg -> leg.close(why));
    }

    // ---- From the socket to the session
    // ------------------------------------------------------------------------------

    @Override
    public void opened(Leg leg) {
        lane.execute(() -> listener.opened(this));
    }

    @Override
    public void event(Leg leg, Event event) {
        Event kept = event.copy();
        long size = kept.wire().length();
        if (incoming.addAndGet(size) > HIGH) {
            choked = true;
            read();
        }
        lane.execute(() -> {
            listener.event(this, kept);
            if (incoming.addAndGet(-size) <= HIGH / 2 && choked) {
                loop.execute(() -> {
                    choked = false;
                    read();
                });
            }
        });
    }

    @Override
    public void batchEnd(Leg leg) {
        lane.execute(() -> listener.batchEnd(this));
    }

    @Override
    public void writable(Leg leg, boolean now) {
        socketWritable = now;
        lane.execute(() -> listener.writable(this, writable()));
    }

    @Override
    public BufferBudget.Account room() {
        return listener.room();
    }

    @Override
    public void closed(Leg leg, CloseReason why) {
        lane.execute(() -> listener.closed(this, why));
    }

    private void read() {
        if (socket != null) {
            socket.reading(wanted && !choked);
        }
    }
}
