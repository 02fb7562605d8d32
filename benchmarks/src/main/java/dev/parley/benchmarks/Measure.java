package dev.parley.benchmarks;

import java.util.Locale;

/** What is measured of each peer in each round. */
enum Measure {
    /** Sessions at a steady pace: CPU and latency. */
    PACED,
    /** Sessions that send as soon as they are answered: CPU and throughput. */
    FLOOD,
    /** Sessions opened one after another, some at once. */
    OPEN,
    /** A process's start, until its first session. */
    START,
    /** Memory of sessions that do nothing. */
    IDLE,
    /** Memory taken by a client that never reads. */
    SLOW;

    /** Whether it is taken of a process that has been running for a while; else one is started for it. */
    boolean underLoad() {
        return this == PACED || this == FLOOD || this == OPEN;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
