package dev.parley.local.speech;

/**
 * Tells speech from silence and noise, frame by frame; one for each session, used by one thread at a time. When a turn
 * begins and ends (threshold, hangover, padding) is decided outside.
 */
public interface SpeechDetector {
    /** Samples of a frame: 20 ms at 16 kHz. */
    int FRAME = 320;

    /**
     * Takes the next frame.
     *
     * @param pcm 16-bit mono samples at 16 kHz
     * @param offset where the frame of {@value #FRAME} samples begins
     * @return the probability, 0 to 1, that somebody is speaking
     */
    float accept(short[] pcm, int offset);
}
