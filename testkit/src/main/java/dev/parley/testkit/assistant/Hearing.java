package dev.parley.testkit.assistant;

import java.util.ArrayList;
import java.util.List;

/** Tells speech from silence by loudness alone, which is enough for recordings without noise. */
final class Hearing {
    private static final int BYTES_PER_MS = 48;
    private static final int FRAME = 20 * BYTES_PER_MS;
    private static final int LOUD = 300;

    private long heardBytes;
    private long keptBytes;
    private boolean speaking;
    private int quietMs;

    /** The begin or the end of a turn, and when that was since the session began, in ms. */
    record Turn(boolean begins, long millis) {}

    /** How much audio waits for a commit, in ms. */
    long millis() {
        return keptBytes / BYTES_PER_MS;
    }

    void clear() {
        keptBytes = 0;
        speaking = false;
        quietMs = 0;
    }

    void keep(byte[] pcm) {
        heardBytes += pcm.length;
        keptBytes += pcm.length;
    }

    /** The turns that begin or end in more audio: 16-bit little-endian mono at 24,000 Hz. */
    List<Turn> listen(byte[] pcm, int silenceMs) {
        List<Turn> turns = new ArrayList<>();
        for (int at = 0; at + FRAME <= pcm.length; at += FRAME) {
            long now = (heardBytes + at) / BYTES_PER_MS;
            boolean loud = loudness(pcm, at) > LOUD;
            quietMs = loud ? 0 : quietMs + 20;
            if (loud && !speaking) {
                speaking = true;
                turns.add(new Turn(true, now));
            } else if (speaking && quietMs >= silenceMs) {
                speaking = false;
                turns.add(new Turn(false, now));
            }
        }
        heardBytes += pcm.length;
        return turns;
    }

    private static long loudness(byte[] pcm, int from) {
        long sum = 0;
        for (int i = from; i < from + FRAME; i += 2) {
            sum += Math.abs((short) ((pcm[i] & 255) | (pcm[i + 1] << 8)));
        }
        return sum / (FRAME / 2);
    }
}
