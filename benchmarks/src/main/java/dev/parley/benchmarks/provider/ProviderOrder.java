package dev.parley.benchmarks.provider;

/** What the fake provider is asked: its counts so far, which it may begin anew. */
public enum ProviderOrder {
    /** The counts. */
    REPORT,
    /** The counts, which are 0 afterwards. */
    RESET
}
