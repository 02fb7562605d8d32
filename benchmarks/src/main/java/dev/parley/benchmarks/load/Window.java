package dev.parley.benchmarks.load;

import dev.parley.benchmarks.process.CpuClock;
import java.util.List;

/** The time within which events and CPU time are counted. */
final class Window {
    private final Calls calls;
    private final List<CpuClock> clocks;
    private final long events;
    private final long began;

    private Window(Calls calls, List<Long> pids) {
        this.calls = calls;
        this.clocks = pids.stream().map(CpuClock::of).toList();
        this.events = calls.sent() + calls.received();
        this.began = System.nanoTime();
    }

    static Window open(Calls calls, List<Long> pids) {
        return new Window(calls, pids);
    }

    /** What was counted until now. */
    Counted close() {
        long nanos = System.nanoTime() - began;
        long relayed = calls.sent() + calls.received() - events;
        return new Counted(relayed, nanos, clocks.stream().map(CpuClock::nanos).toList());
    }

    /** Events both ways, how long it took, and the CPU time of each process. */
    record Counted(long relayed, long nanos, List<Long> cpuNanos) {}
}
