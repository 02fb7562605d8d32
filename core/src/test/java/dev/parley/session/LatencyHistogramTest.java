package dev.parley.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeMetrics;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
    @Test
    void isEmptyAtFirst() {
        RealtimeMetrics.Latency none = new LatencyHistogram().read();
        assertThat(none.events()).isZero();
        assertThat(none.p999()).isZero();
        assertThat(none.max()).isZero();
    }

    @Test
    void tellsQuantilesThatAreAtMostASixteenthTooLong() {
        SplittableRandom dice = new SplittableRandom(7);
        long[] times = new long[100_000];
        LatencyHistogram histogram = new LatencyHistogram();
        long sum = 0;
        for (int i = 0; i < times.length; i++) {
            // From 1 µs to 100 s, as many in each decade.
            times[i] = (long) Math.pow(10, 3 + 8 * dice.nextDouble());
            histogram.record(times[i], 1);
            sum += times[i];
        }
        Arrays.sort(times);
        RealtimeMetrics.Latency read = histogram.read();
        assertThat(read.events()).isEqualTo(times.length);
        assertThat(read.sum()).isEqualTo(sum);
        assertThat(read.max()).isEqualTo(times[times.length - 1]);
        near(read.p50(), times[49_999]);
        near(read.p99(), times[98_999]);
        near(read.p999(), times[99_899]);
        for (RealtimeMetrics.Bucket bucket : read.buckets()) {
            assertThat(bucket.events())
                    .as("below %d ns", bucket.below())
                    .isEqualTo(Arrays.stream(times)
                            .filter(time -> time < bucket.below())
                            .count());
        }
    }

    private static void near(long told, long exact) {
        assertThat(told).isBetween(exact, exact + exact / 16 + 1);
    }

    @Test
    void countsWhatLiesOutsideAtTheEdges() {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.record(-5, 1);
        histogram.record(0, 2);
        histogram.record(TimeUnit.HOURS.toNanos(1), 3);
        RealtimeMetrics.Latency read = histogram.read();
        assertThat(read.buckets().getFirst().events()).isEqualTo(3);
        assertThat(read.buckets().getLast().events()).isEqualTo(6);
        assertThat(read.max()).isEqualTo(TimeUnit.HOURS.toNanos(1));
        assertThat(read.p50()).isEqualTo(1024);
    }

    @Test
    void countsABatchAtOnce() {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.record(10_000, 50);
        assertThat(histogram.read().events()).isEqualTo(50);
        assertThat(histogram.read().sum()).isEqualTo(500_000);
    }
}
