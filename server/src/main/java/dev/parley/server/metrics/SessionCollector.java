package dev.parley.server.metrics;

import dev.parley.RealtimeMetrics;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Turns one reading of {@link RealtimeMetrics} into metrics of Prometheus, in seconds and bytes. No label has a value
 * that a client or a provider could choose. Safe for use by all threads.
 */
final class SessionCollector implements MultiCollector {
    private static final double NANOS = 1e9;

    private final Supplier<RealtimeMetrics> source;

    SessionCollector(Supplier<RealtimeMetrics> source) {
        this.source = source;
    }

    @Override
    public MetricSnapshots collect() {
        RealtimeMetrics now = source.get();
        return new MetricSnapshots(List.<MetricSnapshot>of(
                gauge(
                        "parley_sessions",
                        "Sessions that are there",
                        now.sessions().live()),
                single(
                        "parley_sessions_begun",
                        "Sessions that ever began",
                        now.sessions().begun()),
                named(
                        "parley_sessions_ended",
                        "Sessions that ended",
                        "reason",
                        now.sessions().ended()),
                named("parley_refusals", "Requests refused at the door", "reason", now.refusals()),
                ways("parley_events", "Events that passed", now, RealtimeMetrics.Direction::events),
                ways("parley_event_bytes", "Bytes of these events", now, RealtimeMetrics.Direction::bytes),
                ways(
                        "parley_audio_seconds",
                        "Audio in these events",
                        now,
                        direction -> direction.audioMillis() / 1000.0),
                latency(now),
                dropped(now),
                pauses("parley_pauses", "How often peers were read no more", now, RealtimeMetrics.Pauses::begun),
                pauses(
                        "parley_pause_seconds",
                        "How long peers were read no more, in pauses that are over",
                        now,
                        pauses -> pauses.nanos() / NANOS),
                paused(now),
                gauge(
                        "parley_buffered_bytes",
                        "Bytes that wait because somebody is slow",
                        now.buffers().bytes()),
                gauge(
                        "parley_buffered_bytes_limit",
                        "Bytes that may wait in all sessions together",
                        now.buffers().limit())));
    }

    private static GaugeSnapshot gauge(String name, String help, long value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(
                        GaugeDataPointSnapshot.builder().value((double) value).build())
                .build();
    }

    private static CounterDataPointSnapshot count(Labels labels, double value) {
        return CounterDataPointSnapshot.builder().labels(labels).value(value).build();
    }

    private static CounterSnapshot counter(String name, String help, List<CounterDataPointSnapshot> points) {
        CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
        points.forEach(counter::dataPoint);
        return counter.build();
    }

    private static CounterSnapshot single(String name, String help, long value) {
        return counter(name, help, List.of(count(Labels.EMPTY, (double) value)));
    }

    private static CounterSnapshot named(String name, String help, String label, Map<String, Long> counts) {
        List<CounterDataPointSnapshot> points = new ArrayList<>();
        counts.forEach((value, count) -> points.add(count(Labels.of(label, value), (double) count)));
        return counter(name, help, points);
    }

    private static CounterSnapshot ways(
            String name, String help, RealtimeMetrics now, ToDoubleFunction<RealtimeMetrics.Direction> value) {
        return counter(
                name,
                help,
                List.of(
                        count(Labels.of("direction", "to_provider"), value.applyAsDouble(now.toProvider())),
                        count(Labels.of("direction", "to_client"), value.applyAsDouble(now.toClient()))));
    }

    private static CounterSnapshot pauses(
            String name, String help, RealtimeMetrics now, ToDoubleFunction<RealtimeMetrics.Pauses> value) {
        return counter(
                name,
                help,
                List.of(
                        count(Labels.of("peer", "client"), value.applyAsDouble(now.clientPauses())),
                        count(Labels.of("peer", "provider"), value.applyAsDouble(now.providerPauses()))));
    }

    private static GaugeSnapshot paused(RealtimeMetrics now) {
        return GaugeSnapshot.builder()
                .name("parley_paused")
                .help("Peers that are read no more now")
                .dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(Labels.of("peer", "client"))
                        .value((double) now.clientPauses().now())
                        .build())
                .dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(Labels.of("peer", "provider"))
                        .value((double) now.providerPauses().now())
                        .build())
                .build();
    }

    private static CounterSnapshot dropped(RealtimeMetrics now) {
        List<CounterDataPointSnapshot> points = new ArrayList<>();
        dropped(points, "to_provider", now.toProvider().dropped());
        dropped(points, "to_client", now.toClient().dropped());
        return counter("parley_events_dropped", "Events that did not go on", points);
    }

    private static void dropped(
            List<CounterDataPointSnapshot> points, String direction, RealtimeMetrics.Dropped dropped) {
        points.add(count(Labels.of("direction", direction, "reason", "no_room"), (double) dropped.noRoom()));
        points.add(count(Labels.of("direction", direction, "reason", "interrupted"), (double) dropped.interrupted()));
        points.add(count(Labels.of("direction", direction, "reason", "unsent"), (double) dropped.unsent()));
    }

    private static HistogramSnapshot latency(RealtimeMetrics now) {
        return HistogramSnapshot.builder()
                .name("parley_event_seconds")
                .help("How long events were inside the gateway")
                .dataPoint(latency("to_provider", now.toProvider().latency()))
                .dataPoint(latency("to_client", now.toClient().latency()))
                .build();
    }

    private static HistogramDataPointSnapshot latency(String direction, RealtimeMetrics.Latency latency) {
        List<Double> ends = new ArrayList<>();
        List<Long> counts = new ArrayList<>();
        long before = 0;
        for (RealtimeMetrics.Bucket bucket : latency.buckets()) {
            ends.add(bucket.below() / NANOS);
            counts.add(bucket.events() - before);
            before = bucket.events();
        }
        // What took longer than the last bucket's end is in it.
        ends.set(ends.size() - 1, Double.POSITIVE_INFINITY);
        return HistogramDataPointSnapshot.builder()
                .labels(Labels.of("direction", direction))
                .classicHistogramBuckets(ClassicHistogramBuckets.of(ends, counts))
                .sum(latency.sum() / NANOS)
                .build();
    }
}
