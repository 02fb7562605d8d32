package dev.parley.benchmarks.load;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a {@link LoadOrder}.
 *
 * @param problem why it could not be done, or null
 * @param sent all events sent
 * @param received all events that came back whole, unaltered and in order or not
 * @param altered events that came back with a byte that is not as it was sent
 * @param misplaced events that came back out of order, twice, or after one that did not come
 * @param relayed events in both directions within what is counted
 * @param nanos how long what is counted took
 * @param cpuNanos CPU time of each process of the order within what is counted
 * @param micros round trip from the intended time of sending: p50, p99, p99.9 and the longest; paced only
 */
public record LoadResult(
        @Nullable String problem,
        long sent,
        long received,
        long altered,
        long misplaced,
        long relayed,
        long nanos,
        List<Long> cpuNanos,
        List<Double> micros) {
    static LoadResult failed(String problem) {
        return new LoadResult(problem, 0, 0, 0, 0, 0, 0, List.of(), List.of());
    }
}
