package dev.parley.leg;

import dev.parley.protocol.Event;

/** Who is told of a leg before it has a session: nobody. */
final class Unlinked implements LegListener {
    @Override
    public void opened(Leg leg) {}

    @Override
    public void event(Leg leg, Event event) {}

    @Override
    public void batchEnd(Leg leg) {}

    @Override
    public void writable(Leg leg, boolean now) {}

    @Override
    public void closed(Leg leg, CloseReason why) {}
}
