package dev.parley.local.speech;

/**
 * One utterance being heard, from its first sample to its text; used by one thread at a time.
 *
 * <p>After {@link #finish}, {@link #cancel} or {@link #close} it takes no more audio.
 */
public interface Transcriber extends AutoCloseable {
    /**
     * Takes the next samples. Returns at once or, where words are found while listening, within a few ms.
     *
     * @param pcm 16-bit mono samples at 16 kHz
     * @param offset the first of them
     * @param length how many
     * @throws IllegalStateException when the utterance is over
     */
    void accept(short[] pcm, int offset, int length);

    /**
     * Ends the utterance and gives what was said. Computes for some 3 % of the utterance's length, so it does not
     * belong on an event loop.
     *
     * @throws SpeechException when too many utterances are being finished at once
     * @throws IllegalStateException when the utterance is already over
     */
    Transcript finish();

    /** Gives the utterance up; may be called more than once. */
    void cancel();

    /** The same as {@link #cancel}. */
    @Override
    default void close() {
        cancel();
    }
}
