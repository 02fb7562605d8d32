package dev.parley.gemini.uplink;

import dev.parley.leg.BufferBudget;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.Event;
import org.jspecify.annotations.Nullable;

/** One connection to Gemini, from its dialling to its end. Lane only. */
final class Line implements LegListener {
    /** Who is told of a connection. */
    interface Told {
        /** It is there. */
        void opened(Line line);

        /** A message arrived on it; on loan. */
        void message(Line line, ControlEvent message);

        /** It takes more, or no more for now. */
        void drained(Line line);

        /** It has ended. */
        void closed(Line line, CloseReason why);
    }

    private final Told told;
    private final Owner owner;
    private @Nullable Leg leg;
    /** Of the session that it resumes; null: it begins one. */
    @Nullable
    String handle;

    boolean open;
    boolean setUp;
    boolean ready;
    /** Whether it was set up without a handle. */
    boolean fresh;

    Line(@Nullable String handle, Told told, Owner owner) {
        this.owner = owner;
        this.handle = handle;
        this.told = told;
    }

    void dial(Dialler dialler) {
        leg = dialler.dial(this);
    }

    Leg leg() {
        if (leg == null) {
            throw new IllegalStateException("the connection is not dialled");
        }
        return leg;
    }

    @Override
    public void opened(Leg from) {
        told.opened(this);
    }

    @Override
    public void event(Leg from, Event event) {
        if (event instanceof ControlEvent message) {
            told.message(this, message);
        }
    }

    @Override
    public void batchEnd(Leg from) {
        owner.batchEnd();
    }

    @Override
    public void writable(Leg from, boolean now) {
        told.drained(this);
    }

    @Override
    public void closed(Leg from, CloseReason why) {
        told.closed(this, why);
    }

    @Override
    public BufferBudget.Account room() {
        return owner.room();
    }
}
