package dev.parley.benchmarks.load;

/** Says why a piece of work could not be done. */
final class WorkException extends Exception {
    private static final long serialVersionUID = 1L;

    WorkException(String message) {
        super(message, null, false, false);
    }
}
