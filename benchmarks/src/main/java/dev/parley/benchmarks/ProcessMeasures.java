package dev.parley.benchmarks;

import dev.parley.benchmarks.load.LoadResult;
import dev.parley.benchmarks.peer.PeerKind;
import dev.parley.benchmarks.peer.Relay;
import dev.parley.benchmarks.peer.RunningRelay;
import dev.parley.benchmarks.peer.StartException;
import dev.parley.benchmarks.process.Memory;
import dev.parley.benchmarks.report.Figure;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** What is measured of a relay's process that was started for it: start, idle and slow. */
final class ProcessMeasures {
    private static final int FIRST_SESSIONS = 50;
    private static final long REST_MILLIS = 1000;
    private static final long TICK_MILLIS = 20;
    private static final long STALLED_MILLIS = 1000;
    private static final long LONGEST_SLOW_MILLIS = 8000;

    private final Plan plan;
    private final Ends ends;
    private final Ledger ledger;
    private final Path folder;

    ProcessMeasures(Plan plan, Ends ends, Ledger ledger, Path folder) {
        this.plan = plan;
        this.ends = ends;
        this.ledger = ledger;
        this.folder = folder;
    }

    void start(Relay relay) throws InterruptedException, StartException {
        try (RunningRelay running = run(relay)) {
            ledger.add(relay.kind(), Figure.START_TIME, running.startNanos() / 1e6);
        }
        ends.settle();
    }

    void idle(Relay relay) throws InterruptedException, StartException {
        try (RunningRelay running = run(relay)) {
            Target target = rested(running);
            OptionalLong before = Memory.residentKib(running.pid());
            LoadResult result = ends.work(target.idle(plan));
            if (ledger.check(relay.kind(), "idle", result, ends.report())) {
                TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
                OptionalLong after = Memory.residentKib(running.pid());
                if (before.isPresent() && after.isPresent()) {
                    double growth = after.getAsLong() - before.getAsLong();
                    ledger.add(relay.kind(), Figure.IDLE_MEMORY, growth / plan.idleSessions());
                }
            }
            ends.work(target.release(plan));
        }
        ends.settle();
    }

    void slow(Relay relay) throws InterruptedException, StartException {
        try (RunningRelay running = run(relay)) {
            Target target = rested(running);
            OptionalLong before = Memory.residentKib(running.pid());
            LoadResult result = ends.work(target.slow(plan, plan.slowMegabytes() * 1_000_000 / plan.payload()));
            if (ledger.check(relay.kind(), "slow", result, ends.report()) && before.isPresent()) {
                double growth = peak(running.pid()) - before.getAsLong();
                ledger.add(relay.kind(), Figure.SLOW_MEMORY, growth / 1024);
                ledger.add(relay.kind(), Figure.SLOW_SENT, ends.report().pushed() / 1e6);
            }
            ends.work(target.release(plan));
        }
        ends.settle();
    }

    /** The most memory until the provider has sent all or can send no more. */
    private long peak(long pid) throws InterruptedException {
        long most = 0;
        long sent = -1;
        long still = 0;
        for (long time = 0; time < LONGEST_SLOW_MILLIS && still < STALLED_MILLIS; time += TICK_MILLIS) {
            TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
            most = Math.max(most, Memory.residentKib(pid).orElse(0));
            long now = ends.report().pushed();
            still = now == sent ? still + TICK_MILLIS : 0;
            sent = now;
        }
        return most;
    }

    private RunningRelay run(Relay relay) throws InterruptedException, StartException {
        return RunningRelay.start(relay, ends.port(), plan.mostSessions(), folder);
    }

    /** A relay that has had sessions, which ended a while ago: what it takes once is taken. */
    private Target rested(RunningRelay running) throws InterruptedException {
        PeerKind kind = running.kind();
        Target target = new Target(kind, running.port(), List.of(running.pid()));
        ledger.check(kind, "open", ends.work(target.open(plan, FIRST_SESSIONS)), ends.report());
        ends.settle();
        TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
        return target;
    }
}
