package dev.parley.gemini;

import dev.parley.dialect.Dialect;
import dev.parley.lane.Lane;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import dev.parley.protocol.Event;
import dev.parley.transport.Connector;
import dev.parley.transport.HttpCall;
import dev.parley.transport.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Keeps what was to be dialled, and dials nothing. */
final class DialledConnector implements Connector {
    final List<Dial> dials = new ArrayList<>();
    final List<LegListener> listeners = new ArrayList<>();
    final List<Leg> legs = new ArrayList<>();

    @Override
    public Leg connect(Dial dial, Dialect dialect, Lane lane, LegListener listener) {
        dials.add(dial);
        listeners.add(listener);
        legs.add(new Silent());
        return legs.getLast();
    }

    @Override
    public CompletableFuture<HttpResponse> exchange(HttpCall call) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Lane newLane() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}

    /** A connection on which nothing happens. */
    private static final class Silent implements Leg {
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
        public void close(CloseReason why) {}
    }
}
