package dev.parley.benchmarks.peer;

/** Says why a relay could not be started. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    StartException(String message) {
        super(message, null, false, false);
    }
}
