package dev.parley.local.speech;

/** Loaded speech synthesis, shared by all sessions and threads. */
public interface Synthesizer extends AutoCloseable {
    /** Sample rate of what is spoken, in Hz. */
    int HERTZ = 24_000;

    /**
     * Speaks one sentence, or more, in the standard voice; returns when all of it was handed to the sink or the sink
     * said stop. Audio comes phrase by phrase, the first as early as possible and all faster than it is spoken. The
     * calling thread does the work and calls the sink.
     *
     * @param sentence any text; blank text gives no audio, what cannot be spoken is left out
     * @throws SpeechException when the voice fails or is overloaded
     */
    default void speak(String sentence, Sink sink) {
        speak(sentence, "", sink);
    }

    /**
     * Speaks in a certain voice.
     *
     * @param voice its name, such as {@code marin}; an unknown name gives the standard voice
     */
    void speak(String sentence, String voice, Sink sink);

    /** Lets the models go as far as they can be. */
    @Override
    void close();

    /** Takes the audio as it comes. */
    @FunctionalInterface
    interface Sink {
        /**
         * Takes a chunk; the array is used again after the call.
         *
         * @param samples 16-bit mono at {@value #HERTZ} Hz
         * @param offset the first sample
         * @param length how many
         * @return false to stop speaking
         */
        boolean pcm(short[] samples, int offset, int length);
    }
}
