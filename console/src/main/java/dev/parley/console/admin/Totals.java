package dev.parley.console.admin;

import dev.parley.RealtimeMetrics;
import dev.parley.RealtimeService;
import dev.parley.leg.Failure;
import dev.parley.session.LatencyHistogram;
import dev.parley.watch.Watch;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What all sessions have done up to one moment.
 *
 * @param added what Parley added to events
 * @param waits how long users waited for answers
 */
record Totals(RealtimeMetrics metrics, LatencyHistogram.Counts added, LatencyHistogram.Counts waits) {
    /** The ends that somebody wanted. */
    private static final Set<String> WANTED =
            Set.copyOf(Stream.of(Failure.NORMAL, Failure.STOPPING, Failure.SESSION_EXPIRED, Failure.ENDED_BY_OPERATOR)
                    .map(Failure::code)
                    .toList());

    static Totals read(RealtimeService service, Watch watch) {
        return new Totals(service.metrics(), watch.added(), watch.voiceToVoice());
    }

    /** What was done since an earlier moment. */
    Sample since(Totals earlier, long at) {
        RealtimeMetrics before = earlier.metrics();
        Map<String, Long> ends = metrics.sessions().ended();
        Map<String, Long> endsBefore = before.sessions().ended();
        long ended = sum(ends) - sum(endsBefore);
        long wanted = WANTED.stream()
                .mapToLong(code -> ends.getOrDefault(code, 0L) - endsBefore.getOrDefault(code, 0L))
                .sum();
        RealtimeMetrics.Direction up = metrics.toProvider();
        RealtimeMetrics.Direction down = metrics.toClient();
        return new Sample(
                at,
                Sample.whole(metrics.sessions().live()),
                Sample.whole(metrics.sessions().begun() - before.sessions().begun()),
                Sample.whole(ended),
                Sample.whole(ended - wanted),
                Sample.whole(sum(metrics.refusals()) - sum(before.refusals())),
                Sample.Percentiles.of(added.minus(earlier.added()), 1_000),
                Sample.Percentiles.of(waits.minus(earlier.waits()), 1_000_000),
                Sample.whole(up.bytes() - before.toProvider().bytes()),
                Sample.whole(down.bytes() - before.toClient().bytes()),
                Sample.whole(up.audioMillis() - before.toProvider().audioMillis()),
                Sample.whole(down.audioMillis() - before.toClient().audioMillis()),
                Sample.whole(up.events()
                        + down.events()
                        - before.toProvider().events()
                        - before.toClient().events()));
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
