package dev.parley.benchmarks;

import dev.parley.benchmarks.load.LoadOrder;
import dev.parley.benchmarks.peer.PeerKind;
import java.util.List;

/** Where a load goes: a relay that runs, or the provider itself, which has no process to be measured. */
record Target(PeerKind kind, int port, List<Long> pids) {
    LoadOrder paced(Plan plan, int millis, long seed) {
        return order(LoadOrder.Kind.PACED, plan, plan.sessions(), millis, seed);
    }

    LoadOrder flood(Plan plan, int millis) {
        return order(LoadOrder.Kind.FLOOD, plan, plan.floodSessions(), millis, 0);
    }

    LoadOrder open(Plan plan, int sessions) {
        return order(LoadOrder.Kind.OPEN, plan, sessions, 0, 0);
    }

    LoadOrder idle(Plan plan) {
        return order(LoadOrder.Kind.IDLE, plan, plan.idleSessions(), 0, 0);
    }

    /** One client that asks for so many events and never reads them. */
    LoadOrder slow(Plan plan, int events) {
        return order(LoadOrder.Kind.SLOW, plan, events, 0, 0);
    }

    LoadOrder release(Plan plan) {
        return order(LoadOrder.Kind.RELEASE, plan, 0, 0, 0);
    }

    private LoadOrder order(LoadOrder.Kind what, Plan plan, int sessions, int millis, long seed) {
        return new LoadOrder(
                what,
                port,
                kind.path(),
                kind.envelope(),
                sessions,
                plan.rate(),
                plan.inFlight(),
                plan.payload(),
                plan.warmMillis(),
                millis,
                pids,
                seed);
    }
}
