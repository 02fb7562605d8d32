package dev.parley.benchmarks.provider;

/** What the fake provider does wrong on purpose, to show that the bench notices. */
public enum Fault {
    /** Nothing. */
    NONE,
    /** One delta in a hundred is not sent. */
    DROP,
    /** One delta in a hundred has another character in its payload. */
    ALTER,
    /** One delta in a hundred is sent twice. */
    DOUBLE;

    static final int EVERY = 100;
}
