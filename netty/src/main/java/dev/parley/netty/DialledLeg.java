package dev.parley.netty;

import dev.parley.lane.Lane;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import dev.parley.protocol.Event;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/** The leg of a connection that is still being made; once it is, all goes to its socket. Lane only. */
final class DialledLeg implements Leg {
    private final Lane lane;
    private final LegListener listener;
    private @Nullable Channel channel;
    private @Nullable SocketLeg socket;
    private boolean over;

    DialledLeg(Lane lane, LegListener listener) {
        this.lane = lane;
        this.listener = listener;
    }

    /** The socket that is being connected, so that giving up closes it. */
    void connecting(Channel dialled) {
        channel = dialled;
        if (over) {
            dialled.close();
        }
    }

    /** Whether the connection is no longer wanted, or has failed. */
    boolean over() {
        return over;
    }

    /** The connection is made. */
    void connected(SocketLeg open) {
        socket = open;
        open.begin(listener);
        listener.opened(this);
    }

    /** The connection could not be made. */
    void failed(CloseReason why) {
        if (!over && socket == null) {
            over = true;
            listener.closed(this, why);
        }
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public void send(Event event) {
        if (socket != null) {
            socket.send(event);
        }
    }

    @Override
    public boolean writable() {
        return socket != null && socket.writable();
    }

    @Override
    public long taken() {
        return socket == null ? 0 : socket.taken();
    }

    @Override
    public void flush() {
        if (socket != null) {
            socket.flush();
        }
    }

    @Override
    public void reading(boolean on) {
        if (socket != null) {
            socket.reading(on);
        }
    }

    @Override
    public void close(CloseReason why) {
        if (socket != null) {
            socket.close(why);
        } else if (!over) {
            // Not from within the session's call.
            lane.execute(() -> failed(why));
        }
    }
}
