package dev.parley.leg;

import dev.parley.protocol.Event;

/** What a leg tells its session. All methods are called on the lane, in the order in which things happened. */
public interface LegListener {
    /** The leg is connected and takes events. Not called for a client's leg, which is open from the start. */
    void opened(Leg leg);

    /** An event arrived. Its bytes are on loan until this returns. */
    void event(Leg leg, Event event);

    /** All that arrived at once has been told; a good time to flush. */
    void batchEnd(Leg leg);

    /** The leg takes more again ({@code true}), or had better not be given more ({@code false}). */
    void writable(Leg leg, boolean now);

    /** The leg has ended and is told nothing more about. Called once, whoever closed it. */
    void closed(Leg leg, CloseReason why);
}
