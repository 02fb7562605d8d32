package dev.parley.benchmarks;

import dev.parley.benchmarks.load.LoadOrder;
import dev.parley.benchmarks.load.LoadResult;
import dev.parley.benchmarks.peer.PeerKind;
import dev.parley.benchmarks.report.Figure;
import java.util.List;

/** What is measured of a relay that has been running for a while: paced, flood and open. */
final class LoadMeasures {
    private static final int WARM_OPEN = 200;
    private static final List<Figure> TRIPS = List.of(Figure.TRIP_P50, Figure.TRIP_P99, Figure.TRIP_P999);
    private static final List<Figure> ADDED = List.of(Figure.ADDED_P50, Figure.ADDED_P99, Figure.ADDED_P999);

    private final Plan plan;
    private final Ends ends;
    private final Ledger ledger;

    LoadMeasures(Plan plan, Ends ends, Ledger ledger) {
        this.plan = plan;
        this.ends = ends;
        this.ledger = ledger;
    }

    /** Has a relay compile what it compiles; nothing of it is counted but losses. */
    void warmUp(Target target) throws InterruptedException {
        work(target, "flood", target.flood(plan, plan.warmUpMillis()));
        work(target, "paced", target.paced(plan, plan.warmUpMillis(), 0));
        work(target, "open", target.open(plan, Math.min(WARM_OPEN, plan.mostSessions())));
    }

    void paced(Target target, long seed) throws InterruptedException {
        LoadResult result = work(target, "paced", target.paced(plan, plan.seconds() * 1000, seed));
        if (result.problem() == null) {
            cpu(target, Figure.PACED_CPU, result, result.relayed());
            for (int i = 0; i < TRIPS.size(); i++) {
                ledger.add(target.kind(), TRIPS.get(i), result.micros().get(i));
            }
        }
    }

    /** Compares the round's latencies with the direct ones, when all are there. */
    void added(PeerKind peer) {
        for (int i = 0; i < TRIPS.size(); i++) {
            Figure added = ADDED.get(i);
            double direct = ledger.value(PeerKind.DIRECT, TRIPS.get(i)).orElse(Double.NaN);
            ledger.value(peer, TRIPS.get(i)).stream()
                    .map(trip -> trip - direct)
                    .filter(Double::isFinite)
                    .forEach(value -> ledger.add(peer, added, value));
        }
    }

    void flood(Target target) throws InterruptedException {
        LoadResult result = work(target, "flood", target.flood(plan, plan.floodSeconds() * 1000));
        if (result.problem() == null) {
            cpu(target, Figure.FLOOD_CPU, result, result.relayed());
            ledger.add(target.kind(), Figure.FLOOD_RATE, result.relayed() * 1e6 / result.nanos());
        }
    }

    void open(Target target) throws InterruptedException {
        LoadResult result = work(target, "open", target.open(plan, plan.openSessions()));
        if (result.problem() == null) {
            cpu(target, Figure.OPEN_CPU, result, plan.openSessions());
            ledger.add(target.kind(), Figure.OPEN_RATE, plan.openSessions() * 1e9 / result.nanos());
        }
    }

    private LoadResult work(Target target, String measure, LoadOrder order) throws InterruptedException {
        LoadResult result = ends.work(order);
        ledger.check(target.kind(), measure, result, ends.report());
        ends.settle();
        return result;
    }

    private void cpu(Target target, Figure figure, LoadResult result, long count) {
        if (!result.cpuNanos().isEmpty() && count > 0) {
            ledger.add(target.kind(), figure, result.cpuNanos().getFirst() / 1000.0 / count);
        }
    }
}
