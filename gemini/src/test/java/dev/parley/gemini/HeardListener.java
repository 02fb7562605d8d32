package dev.parley.gemini;

import dev.parley.leg.CloseReason;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import dev.parley.protocol.Event;
import java.util.Optional;

/** Keeps what a leg has told. */
final class HeardListener implements LegListener {
    Optional<Leg> opened = Optional.empty();
    Optional<CloseReason> closed = Optional.empty();

    @Override
    public void opened(Leg leg) {
        opened = Optional.of(leg);
    }

    @Override
    public void event(Leg leg, Event event) {}

    @Override
    public void batchEnd(Leg leg) {}

    @Override
    public void writable(Leg leg, boolean now) {}

    @Override
    public void closed(Leg leg, CloseReason why) {
        closed = Optional.of(why);
    }
}
