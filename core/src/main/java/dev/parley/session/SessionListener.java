package dev.parley.session;

import dev.parley.leg.CloseReason;

/** Told once how a session began and ended; called on the lane, which it must not block. */
public interface SessionListener {
    /** The provider is connected. */
    void began(LiveSession session);

    /** Neither leg is left. */
    void ended(LiveSession session, CloseReason why);
}
