package dev.parley.leg;

import dev.parley.lane.Lane;
import dev.parley.protocol.Event;

/**
 * The client's leg of a call whose media goes straight to the provider: there is no socket here. It takes every event,
 * says nothing, and ends when it is closed.
 */
public final class CallLeg implements Leg {
    private final Lane lane;
    private LegListener listener = new Unlinked();
    private boolean closed;

    /** A leg on a lane; {@link #link} it at once. */
    public CallLeg(Lane lane) {
        this.lane = lane;
    }

    /** Names the one who is told of this leg. */
    public void link(LegListener told) {
        listener = told;
    }

    @Override
    public void send(Event event) {}

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public long taken() {
        return 0;
    }

    @Override
    public void flush() {}

    @Override
    public void reading(boolean on) {}

    @Override
    public void close(CloseReason why) {
        if (!closed) {
            closed = true;
            lane.execute(() -> listener.closed(this, why));
        }
    }
}
