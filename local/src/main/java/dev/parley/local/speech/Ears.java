package dev.parley.local.speech;

/** Loaded speech recognition, shared by all sessions and threads; gives a transcriber for each utterance. */
public interface Ears extends AutoCloseable {
    /**
     * Begins to hear an utterance.
     *
     * @throws IllegalStateException when these ears are closed
     */
    Transcriber listen();

    /** Whether the work is done when an utterance ends, so that it pays to end one early that may be over. */
    default boolean decidesAtEnd() {
        return false;
    }

    /** Lets the models go. Utterances already begun may fail. */
    @Override
    void close();
}
