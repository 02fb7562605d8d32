package dev.parley.session;

import dev.parley.RealtimeMetrics;
import java.util.concurrent.atomic.LongAdder;

/** What happens at the sockets of all clients, or of all providers. Safe for use by all threads. */
final class PeerMeter {
    /** Of the events that go to these peers. */
    final LatencyHistogram latency = new LatencyHistogram();

    /** Events to these peers for which there was no room. */
    final LongAdder noRoom = new LongAdder();

    /** Events to these peers that were taken back. */
    final LongAdder interrupted = new LongAdder();

    /** Events to these peers that still waited when the connection ended. */
    final LongAdder unsent = new LongAdder();

    private final LongAdder paused = new LongAdder();
    private final LongAdder resumed = new LongAdder();
    private final LongAdder pausedNanos = new LongAdder();

    /** One of these peers is read no more. */
    void paused() {
        paused.increment();
    }

    /** One of these peers is read again, or has gone, after so many ns. */
    void resumed(long nanos) {
        resumed.increment();
        pausedNanos.add(nanos);
    }

    RealtimeMetrics.Dropped dropped() {
        return new RealtimeMetrics.Dropped(noRoom.sum(), interrupted.sum(), unsent.sum());
    }

    RealtimeMetrics.Pauses pauses() {
        long over = resumed.sum();
        long begun = paused.sum();
        return new RealtimeMetrics.Pauses(begun, begun - over, pausedNanos.sum());
    }
}
