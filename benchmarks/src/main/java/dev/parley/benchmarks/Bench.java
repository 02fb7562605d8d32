package dev.parley.benchmarks;

/** The {@code bench} command's process. */
public final class Bench {
    private Bench() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(0);
    }
}
