package dev.parley.benchmarks.report;

import java.util.Optional;
import java.util.stream.DoubleStream;

/** The middle and the ends of some values. */
record Spread(double min, double median, double max) {
    /** Of some values; nothing if there are none. */
    static Optional<Spread> of(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        if (sorted.length == 0) {
            return Optional.empty();
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return Optional.of(new Spread(sorted[0], median, sorted[sorted.length - 1]));
    }
}
