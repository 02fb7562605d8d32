package dev.parley.testkit;

import dev.parley.lane.Lane;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import dev.parley.protocol.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A leg without a socket: keeps what the session sends, and lets a test be the peer behind it. Everything happens on
 * the lane that it was made with, notices to the session included.
 */
public final class MemoryLeg implements Leg {
    private final Lane lane;
    private final Duration closing;
    private final List<Event> sent = new ArrayList<>();
    private @Nullable LegListener listener;
    private @Nullable CloseReason closed;
    private boolean closeAsked;
    private boolean writable = true;
    private long taken;
    private boolean reading = true;
    private boolean unflushed;
    private boolean over;

    /**
     * A leg on a lane.
     *
     * @param closing how long the peer takes to answer a close
     */
    public MemoryLeg(Lane lane, Duration closing) {
        this.lane = lane;
        this.closing = closing;
    }

    /** Names the session that is told of this leg. */
    public MemoryLeg link(LegListener session) {
        listener = session;
        return this;
    }

    // ---- What the peer does
    // ------------------------------------------------------------------------------------------

    /** The connection is made. */
    public void open() {
        tell(session -> session.opened(this));
    }

    /** The peer sends events, all in one batch. */
    public void arrive(Event... events) {
        tell(session -> {
            for (Event event : events) {
                if (!over) {
                    session.event(this, event);
                }
            }
            session.batchEnd(this);
        });
    }

    /** The peer takes more, or does not. */
    public void writable(boolean now) {
        if (writable != now && !over) {
            writable = now;
            tell(session -> session.writable(this, now));
        }
    }

    /** The peer takes some bytes of what its socket holds, but not so much that the leg takes more. */
    public void take(long bytes) {
        taken += bytes;
    }

    /** The peer closes, or its connection breaks. */
    public void end(CloseReason why) {
        tell(session -> {
            over = true;
            session.closed(this, why);
        });
    }

    private void tell(Consumer<LegListener> notice) {
        lane.execute(() -> {
            if (!over && listener != null) {
                notice.accept(listener);
            }
        });
    }

    // ---- What the peer sees
    // ------------------------------------------------------------------------------------------

    /** What the session has sent, in order; valid for as long as it is held. */
    public List<Event> sent() {
        return sent;
    }

    /** Whether the session reads from this leg. */
    public boolean reading() {
        return reading;
    }

    /** Whether something was sent and not flushed. */
    public boolean unflushed() {
        return unflushed;
    }

    /** The session's reason for closing, if it was the session. */
    public Optional<CloseReason> closeReason() {
        return Optional.ofNullable(closed);
    }

    /** Whether the leg has ended, whoever ended it. */
    public boolean over() {
        return over;
    }

    // ---- What the session does
    // ---------------------------------------------------------------------------------------

    @Override
    public void send(Event event) {
        if (!over && !closeAsked) {
            sent.add(event.copy());
            unflushed = true;
        }
    }

    @Override
    public boolean writable() {
        return writable;
    }

    @Override
    public long taken() {
        return taken;
    }

    @Override
    public void flush() {
        unflushed = false;
    }

    @Override
    public void reading(boolean on) {
        reading = on;
    }

    @Override
    public void close(CloseReason why) {
        if (closeAsked || over) {
            return;
        }
        closeAsked = true;
        closed = why;
        lane.schedule(() -> end(why), closing);
    }
}
