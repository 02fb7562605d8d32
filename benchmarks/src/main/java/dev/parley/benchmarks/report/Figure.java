package dev.parley.benchmarks.report;

/** One number that is measured of a peer in a round. */
public enum Figure {
    /** CPU of the relay for each relayed event, both directions counted, at a steady pace. */
    PACED_CPU("paced", "CPU µs", true, 1),
    /** Median round trip, less the direct one's of the same round. */
    ADDED_P50("paced", "p50 µs", true, 0),
    /** 99th percentile, less the direct one's. */
    ADDED_P99("paced", "p99 µs", true, 0),
    /** 99.9th percentile, less the direct one's. */
    ADDED_P999("paced", "p99.9 µs", true, 0),
    /** As {@link #PACED_CPU}, with every session sending as soon as it is answered. */
    FLOOD_CPU("flood", "CPU µs", true, 2),
    /** Thousands of events relayed in a second, both directions. */
    FLOOD_RATE("flood", "k ev/s", true, 0),
    /** Resident memory for each idle session, KiB. */
    IDLE_MEMORY("idle", "KiB each", true, 1),
    /** Sessions opened in a second. */
    OPEN_RATE("open", "per s", true, 0),
    /** CPU of the relay for each session opened, µs. */
    OPEN_CPU("open", "CPU µs", true, 0),
    /** From the start of the process to the first session.created, ms. */
    START_TIME("start", "ms", true, 0),
    /** Growth of resident memory by a client that never reads, MiB. */
    SLOW_MEMORY("slow", "MiB", true, 1),
    /** Round trip, p50, µs. */
    TRIP_P50("paced", "", false, 0),
    /** Round trip, p99, µs. */
    TRIP_P99("paced", "", false, 0),
    /** Round trip, p99.9, µs. */
    TRIP_P999("paced", "", false, 0),
    /** Bytes, in MB, that the provider could send to the client that never reads. */
    SLOW_SENT("slow", "", false, 1);

    private final String measure;
    private final String unit;
    private final boolean tabled;
    private final int decimals;

    Figure(String measure, String unit, boolean tabled, int decimals) {
        this.measure = measure;
        this.unit = unit;
        this.tabled = tabled;
        this.decimals = decimals;
    }

    String measure() {
        return measure;
    }

    String unit() {
        return unit;
    }

    boolean tabled() {
        return tabled;
    }

    int decimals() {
        return decimals;
    }
}
