package dev.parley.leg;

import dev.parley.RealtimeClientAdapter;
import dev.parley.lane.Lane;
import dev.parley.lane.Mailbox;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.Event;
import java.util.concurrent.atomic.AtomicLong;

/** A client's leg that ends in an application's {@link RealtimeClientAdapter}. */
public final class AdapterLeg implements Leg {
    /** Bytes given to the adapter and not yet taken, above which the leg is not writable. */
    private static final long HIGH = 256 << 10;
    /** What an event takes beside its bytes, so that very many small ones cannot take far more than is counted. */
    private static final int OBJECTS = 256;

    private final RealtimeClientAdapter adapter;
    private final Lane lane;
    /** Bounded by what is pending: a leg that is not writable is given no more than its last event. */
    private final Mailbox mailbox = new Mailbox(Integer.MAX_VALUE);

    private final AtomicLong pending = new AtomicLong();
    private long given;
    private LegListener listener = new Unlinked();
    private boolean paused;
    private boolean closed;

    /** A leg on a lane; {@link #link} it before anything is sent. */
    public AdapterLeg(RealtimeClientAdapter adapter, Lane lane) {
        this.adapter = adapter;
        this.lane = lane;
    }

    /** Names the one who is told of this leg. */
    public void link(LegListener told) {
        listener = told;
    }

    @Override
    public void send(Event event) {
        Bytes wire = event.wire();
        String json = wire.text(0, wire.length());
        long size = (long) wire.length() + OBJECTS;
        given += size;
        paused |= pending.addAndGet(size) > HIGH;
        mailbox.post(() -> {
            try {
                adapter.send("realtime", json);
            } finally {
                if (pending.addAndGet(-size) <= HIGH / 2) {
                    lane.execute(this::resume);
                }
            }
        });
    }

    private void resume() {
        if (paused && !closed && pending.get() <= HIGH / 2) {
            paused = false;
            listener.writable(this, true);
        }
    }

    @Override
    public boolean writable() {
        return !paused;
    }

    @Override
    public long taken() {
        return given - pending.get();
    }

    @Override
    public void flush() {}

    @Override
    public void reading(boolean on) {}

    @Override
    public void close(CloseReason why) {
        if (!closed) {
            closed = true;
            mailbox.post(adapter::disconnect);
            lane.execute(() -> listener.closed(this, why));
        }
    }
}
