package dev.parley.spring;

import dev.parley.RealtimeMetrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Meters of what the sessions do, with the names and labels of the standalone gateway's metrics. A reading adds up all
 * sessions, so that one serves all meters of a scrape. Safe for use by all threads.
 */
final class SessionMeters implements MeterBinder {
    private static final long FRESH = TimeUnit.MILLISECONDS.toNanos(200);
    private static final String DIRECTION = "direction";
    private static final String REASON = "reason";

    private final Supplier<RealtimeMetrics> source;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable RealtimeMetrics last;
    private long read;

    SessionMeters(Supplier<RealtimeMetrics> source) {
        this.source = source;
    }

    private RealtimeMetrics now() {
        lock.lock();
        try {
            long time = System.nanoTime();
            RealtimeMetrics known = last;
            if (known == null || time - read > FRESH) {
                known = source.get();
                last = known;
                read = time;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(
                registry,
                "parley.sessions",
                "Sessions that are there",
                now -> now.sessions().live());
        counter(
                registry,
                "parley.sessions.begun",
                "Sessions that ever began",
                now -> now.sessions().begun());
        for (String reason : now().sessions().ended().keySet()) {
            counter(
                    registry,
                    "parley.sessions.ended",
                    "Sessions that ended",
                    now -> now.sessions().ended().getOrDefault(reason, 0L),
                    REASON,
                    reason);
        }
        for (String reason : now().refusals().keySet()) {
            counter(
                    registry,
                    "parley.refusals",
                    "Requests refused at the door",
                    now -> now.refusals().getOrDefault(reason, 0L),
                    REASON,
                    reason);
        }
        direction(registry, "to_provider", RealtimeMetrics::toProvider);
        direction(registry, "to_client", RealtimeMetrics::toClient);
        peer(registry, "client", RealtimeMetrics::clientPauses);
        peer(registry, "provider", RealtimeMetrics::providerPauses);
        Gauge.builder("parley.buffered", this, me -> me.now().buffers().bytes())
                .description("Bytes that wait because somebody is slow")
                .baseUnit("bytes")
                .register(registry);
        gauge(
                registry,
                "parley.buffered.bytes.limit",
                "Bytes that may wait in all sessions together",
                now -> now.buffers().limit());
    }

    private void direction(
            MeterRegistry registry, String name, Function<RealtimeMetrics, RealtimeMetrics.Direction> way) {
        counter(
                registry,
                "parley.events",
                "Events that passed",
                now -> way.apply(now).events(),
                DIRECTION,
                name);
        counter(
                registry,
                "parley.event.bytes",
                "Bytes of these events",
                now -> way.apply(now).bytes(),
                DIRECTION,
                name);
        counter(
                registry,
                "parley.audio.seconds",
                "Audio in these events",
                now -> way.apply(now).audioMillis() / 1000.0,
                DIRECTION,
                name);
        FunctionTimer.builder(
                        "parley.event",
                        this,
                        me -> way.apply(me.now()).latency().events(),
                        me -> way.apply(me.now()).latency().sum(),
                        TimeUnit.NANOSECONDS)
                .description("How long events were inside the gateway")
                .tags(DIRECTION, name)
                .register(registry);
        quantile(registry, name, "0.5", now -> way.apply(now).latency().p50());
        quantile(registry, name, "0.99", now -> way.apply(now).latency().p99());
        quantile(registry, name, "0.999", now -> way.apply(now).latency().p999());
        dropped(registry, name, "no_room", now -> way.apply(now).dropped().noRoom());
        dropped(registry, name, "interrupted", now -> way.apply(now).dropped().interrupted());
        dropped(registry, name, "unsent", now -> way.apply(now).dropped().unsent());
    }

    private void quantile(
            MeterRegistry registry, String direction, String quantile, ToDoubleFunction<RealtimeMetrics> value) {
        TimeGauge.builder("parley.event.quantile", this, TimeUnit.NANOSECONDS, me -> value.applyAsDouble(me.now()))
                .description("The time that so many of the events did not exceed, since the start")
                .tags(DIRECTION, direction, "quantile", quantile)
                .register(registry);
    }

    private void dropped(
            MeterRegistry registry, String direction, String reason, ToDoubleFunction<RealtimeMetrics> value) {
        counter(
                registry,
                "parley.events.dropped",
                "Events that did not go on",
                value,
                DIRECTION,
                direction,
                REASON,
                reason);
    }

    private void peer(MeterRegistry registry, String name, Function<RealtimeMetrics, RealtimeMetrics.Pauses> pauses) {
        counter(
                registry,
                "parley.pauses",
                "How often peers were read no more",
                now -> pauses.apply(now).begun(),
                "peer",
                name);
        counter(
                registry,
                "parley.pause.seconds",
                "How long peers were read no more, in pauses that are over",
                now -> pauses.apply(now).nanos() / 1e9,
                "peer",
                name);
        gauge(
                registry,
                "parley.paused",
                "Peers that are read no more now",
                now -> pauses.apply(now).now(),
                "peer",
                name);
    }

    private void gauge(
            MeterRegistry registry, String name, String help, ToDoubleFunction<RealtimeMetrics> value, String... tags) {
        Gauge.builder(name, this, me -> value.applyAsDouble(me.now()))
                .description(help)
                .tags(tags)
                .register(registry);
    }

    private void counter(
            MeterRegistry registry, String name, String help, ToDoubleFunction<RealtimeMetrics> value, String... tags) {
        FunctionCounter.builder(name, this, me -> value.applyAsDouble(me.now()))
                .description(help)
                .tags(tags)
                .register(registry);
    }
}
