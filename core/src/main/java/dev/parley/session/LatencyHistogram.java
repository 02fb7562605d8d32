package dev.parley.session;

import dev.parley.RealtimeMetrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long events were inside Parley, counted in buckets of which none is wider than a sixteenth of its lower end; from
 * 1 µs to 137 s, and what lies outside counts as at the edge. All of it is there from the start, so that recording
 * allocates nothing and takes no lock. Safe for use by all threads.
 */
public final class LatencyHistogram {
    /** An octave has 2 to the power of this many buckets. */
    private static final int PARTS = 4;
    /** Times below 2 to the power of this many ns share the first bucket. */
    private static final int LOWEST = 10;

    private static final int OCTAVES = 27;

    private final LongAdder[] buckets = new LongAdder[1 + (OCTAVES << PARTS)];
    private final LongAdder sum = new LongAdder();
    private final AtomicLong longest = new AtomicLong();

    /** A histogram without any times. */
    public LatencyHistogram() {
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = new LongAdder();
        }
    }

    /** Counts events that all took the same time, in ns. */
    public void record(long nanos, long events) {
        long time = Math.max(0, nanos);
        buckets[bucket(time)].add(events);
        sum.add(time * events);
        if (time > longest.get()) {
            longest.accumulateAndGet(time, Math::max);
        }
    }

    private static int bucket(long nanos) {
        if (nanos < 1L << LOWEST) {
            return 0;
        }
        int octave = 63 - Long.numberOfLeadingZeros(nanos);
        if (octave >= LOWEST + OCTAVES) {
            return OCTAVES << PARTS;
        }
        int part = (int) (nanos >>> (octave - PARTS)) & ((1 << PARTS) - 1);
        return 1 + ((octave - LOWEST) << PARTS) + part;
    }

    /** The time in ns below which all of a bucket lies. */
    private static long end(int bucket) {
        int octave = LOWEST + ((bucket - 1) >> PARTS);
        int part = (bucket - 1) & ((1 << PARTS) - 1);
        return bucket == 0 ? 1L << LOWEST : ((1L << PARTS) + part + 1) << (octave - PARTS);
    }

    /** What was recorded so far. */
    RealtimeMetrics.Latency read() {
        long[] counts = new long[buckets.length];
        long events = 0;
        List<RealtimeMetrics.Bucket> octaves = new ArrayList<>(OCTAVES + 1);
        for (int i = 0; i < counts.length; i++) {
            counts[i] = buckets[i].sum();
            events += counts[i];
            if ((i & ((1 << PARTS) - 1)) == 0) {
                octaves.add(new RealtimeMetrics.Bucket(end(i), events));
            }
        }
        long most = longest.get();
        return new RealtimeMetrics.Latency(
                events,
                sum.sum(),
                Math.min(most, quantile(counts, events, 0.5)),
                Math.min(most, quantile(counts, events, 0.99)),
                Math.min(most, quantile(counts, events, 0.999)),
                most,
                octaves);
    }

    /** How many times are in each bucket by now. */
    public Counts counts() {
        long[] counts = new long[buckets.length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = buckets[i].sum();
        }
        return new Counts(counts);
    }

    /** How many times were in each bucket at one moment; the difference of two is what came between them. */
    public static final class Counts {
        private final long[] buckets;
        private final long all;

        private Counts(long[] buckets) {
            this.buckets = buckets;
            this.all = Arrays.stream(buckets).sum();
        }

        /** All times. */
        public long all() {
            return all;
        }

        /** These and others. */
        public Counts plus(Counts others) {
            return combined(others, 1);
        }

        /** What of these was not yet counted in an earlier reading. */
        public Counts minus(Counts earlier) {
            return combined(earlier, -1);
        }

        private Counts combined(Counts others, int sign) {
            long[] sums = buckets.clone();
            for (int i = 0; i < sums.length; i++) {
                sums[i] += sign * others.buckets[i];
            }
            return new Counts(sums);
        }

        /**
         * The time in ns that a part of them did not exceed, at most a sixteenth too long; empty: there are none.
         *
         * @param part above 0, at most 1, such as 0.95
         */
        public OptionalLong quantile(double part) {
            return all == 0 ? OptionalLong.empty() : OptionalLong.of(LatencyHistogram.quantile(buckets, all, part));
        }
    }

    private static long quantile(long[] counts, long events, double part) {
        long rank = Math.max(1, (long) Math.ceil(events * part));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return end(i);
            }
        }
        return 0;
    }
}
