package dev.parley.session;

import dev.parley.leg.BufferBudget;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import dev.parley.protocol.Event;

/** Passes on what is told of one side's leg, as long as it is the one that counts. Lane only. */
final class Link implements LegListener {
    /** Who is told. */
    interface Told {
        /** The leg is connected. */
        default void opened() {}

        /** An event arrived; its bytes are on loan. */
        void event(Event event);

        /** The leg has ended. */
        void closed(CloseReason why);
    }

    private final Side side;
    private final Side other;
    private final Batch batch;
    private final BufferBudget.Account room;
    private final Told told;
    private final Runnable flush;

    /**
     * A link to a side's legs.
     *
     * @param flush runs when all that arrived at once was told
     */
    Link(Side side, Side other, Batch batch, BufferBudget.Account room, Told told, Runnable flush) {
        this.side = side;
        this.other = other;
        this.batch = batch;
        this.room = room;
        this.told = told;
        this.flush = flush;
    }

    @Override
    public void opened(Leg leg) {
        if (side.is(leg)) {
            told.opened();
        }
    }

    @Override
    public void event(Leg leg, Event event) {
        if (side.is(leg)) {
            batch.since();
            told.event(event);
        }
    }

    @Override
    public void batchEnd(Leg leg) {
        flush.run();
    }

    @Override
    public void writable(Leg leg, boolean now) {
        if (!side.is(leg)) {
            return;
        }
        if (now) {
            side.drain();
            other.reading(!side.full());
        } else {
            side.blocked();
        }
    }

    @Override
    public void closed(Leg leg, CloseReason why) {
        if (side.is(leg)) {
            told.closed(why);
        }
    }

    @Override
    public BufferBudget.Account room() {
        return room;
    }
}
