package dev.parley.local.speech;

import java.util.Arrays;

/** The samples of one utterance so far, up to a bound, with room for a moment of silence at either end. */
final class Recording {
    /** 80 ms at 16 kHz: a phrase begins and ends with silence, even when the detector has cut it off. */
    private static final int PAD = 1280;

    private final int most;
    private short[] samples = new short[16_000];
    private int length;

    /** Makes an empty recording of at most {@code most} samples; what comes later is dropped. */
    Recording(int most) {
        this.most = most;
    }

    void add(short[] pcm, int offset, int count) {
        int taken = Math.min(count, most - length);
        int needed = length + taken + 2 * PAD;
        if (needed > samples.length) {
            samples = Arrays.copyOf(samples, Math.max(needed, samples.length * 2));
        }
        System.arraycopy(pcm, offset, samples, PAD + length, taken);
        length += taken;
    }

    int length() {
        return length;
    }

    /** The recording with its own quietest moment repeated at both ends: {@link #paddedLength} samples of this array. */
    short[] padded() {
        int quiet = quietest();
        int frame = SpeechDetector.FRAME;
        for (int at = 0; at < PAD; at += frame) {
            // Every other copy backwards, so that the seams do not click.
            for (int i = 0; i < frame; i++) {
                short sample = samples[quiet + (at / frame % 2 == 0 ? i : frame - 1 - i)];
                samples[at + i] = sample;
                samples[PAD + length + at + i] = sample;
            }
        }
        return samples;
    }

    private int quietest() {
        int best = PAD;
        long least = Long.MAX_VALUE;
        for (int at = PAD; at + SpeechDetector.FRAME <= PAD + length; at += SpeechDetector.FRAME) {
            long energy = 0;
            for (int i = at; i < at + SpeechDetector.FRAME; i++) {
                energy += (long) samples[i] * samples[i];
            }
            if (energy < least) {
                least = energy;
                best = at;
            }
        }
        return best;
    }

    int paddedLength() {
        return length + 2 * PAD;
    }

    void forget() {
        samples = new short[2 * PAD];
        length = 0;
    }
}
