package dev.parley.server.call;

/** Watches a dialogue as it happens. Called on the dialogue's thread. */
public interface Display {
    /** The caller is heard to begin to speak. */
    default void speechStarted() {}

    /** What the caller said is known. */
    default void heard(Exchange exchange) {}

    /** What the caller said was not understood. */
    default void notUnderstood(Exchange exchange) {}

    /** The answer's first sound came. */
    default void firstAudio(Exchange exchange) {}

    /** More words of the answer. */
    default void saying(Exchange exchange, String piece) {}

    /** The caller spoke over this answer; it is silent now. */
    default void interrupted(Exchange exchange) {}

    /** The model wants a function called. */
    default void calling(Exchange exchange, FunctionCall call) {}

    /** A response has ended; {@link Exchange#status} tells how. */
    default void responseDone(Exchange exchange) {}
}
