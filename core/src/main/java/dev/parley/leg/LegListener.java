package dev.parley.leg;

import dev.parley.protocol.Event;

/** What a leg tells its session. All methods are called on the lane, in the order in which things happened. */
public interface LegListener {
    /** An account that nothing is ever refused from. */
    BufferBudget.Account UNBOUNDED = new BufferBudget(Long.MAX_VALUE >> 8).account();

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

    /**
     * Where a leg takes room for what it keeps of messages that are not whole yet, and gives it back. Asked once, before
     * anything is read; the account may be used by any thread.
     */
    default BufferBudget.Account room() {
        return UNBOUNDED;
    }
}
