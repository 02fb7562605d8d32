package dev.parley.testkit.gemini;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** Tells speech from silence by loudness alone, at any rate, in frames of 20 ms. */
final class SpeechEnergy {
    private static final int FRAME_MILLIS = 20;
    private static final int LOUD = 300;

    private final int silenceMillis;
    private final ByteArrayOutputStream turn = new ByteArrayOutputStream();
    private final ByteArrayOutputStream frame = new ByteArrayOutputStream();
    private long millis;
    private boolean speaking;
    private int quietMillis;

    /** What a frame may bring. */
    enum Edge {
        BEGINS,
        ENDS
    }

    SpeechEnergy(int silenceMillis) {
        this.silenceMillis = silenceMillis;
    }

    /** How much was heard so far, in ms. */
    long millis() {
        return millis;
    }

    boolean speaking() {
        return speaking;
    }

    /** Takes the next byte of 16-bit little-endian mono PCM; what its frame brings, if it ends one. */
    Optional<Edge> hear(byte next, int hertz) {
        frame.write(next);
        if (frame.size() < hertz * 2 * FRAME_MILLIS / 1000) {
            return Optional.empty();
        }
        byte[] pcm = frame.toByteArray();
        frame.reset();
        turn.writeBytes(pcm);
        millis += FRAME_MILLIS;
        boolean loud = loudness(pcm) > LOUD;
        quietMillis = loud ? 0 : quietMillis + FRAME_MILLIS;
        if (loud && !speaking) {
            speaking = true;
            return Optional.of(Edge.BEGINS);
        }
        return speaking && quietMillis >= silenceMillis ? Optional.of(Edge.ENDS) : Optional.empty();
    }

    /** Ends the turn: its audio, from the end of the turn before. */
    byte[] end() {
        speaking = false;
        quietMillis = 0;
        turn.writeBytes(frame.toByteArray());
        frame.reset();
        byte[] pcm = turn.toByteArray();
        turn.reset();
        return pcm;
    }

    private static long loudness(byte[] pcm) {
        long sum = 0;
        for (int i = 0; i + 1 < pcm.length; i += 2) {
            sum += Math.abs((short) ((pcm[i] & 255) | (pcm[i + 1] << 8)));
        }
        return sum / (pcm.length / 2);
    }
}
