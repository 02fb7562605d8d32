package dev.parley.local.speech;

import java.util.Arrays;

/**
 * A speech detector that compares the loudness of a frame with a noise floor it keeps learning.
 *
 * <p>The floor is the quietest moment of the last two seconds, and the level of anything that stays equally loud for
 * half a second (a fan, a hum), so loud noise from the first frame on is not speech for long. A constant offset is taken
 * out, clicks shorter than 5 ms do not count, and what is quieter than about -62 dBFS is never speech. A probability of
 * 0.5 means {@value #HALF_DB} dB over the floor; 0.9 some 4 dB more. Speech is reported one frame (20 ms) late.
 */
public final class EnergyDetector implements SpeechDetector {
    /** dB over the floor at which speech is as likely as not. */
    private static final double HALF_DB = 9;

    /** dB for each factor e of the odds. */
    private static final double SLOPE_DB = 2;

    /** The floor is never taken to be lower than this, in dB of a full-scale square wave. */
    private static final double LEAST_FLOOR_DB = -71;

    /** A level that moves less than this for {@link #STEADY_FRAMES} is noise. */
    private static final double STEADY_DB = 5;

    private static final int STEADY_FRAMES = 25;
    private static final int FLOOR_FRAMES = 100;
    private static final int PARTS = 8;
    private static final int KEPT_PARTS = 6;
    private static final double POLE = 0.96;

    private final double[] levels = new double[FLOOR_FRAMES];
    private final double[] parts = new double[PARTS];
    private final double[] last = new double[3];
    private int frames;
    private double steadyFloor = Double.NEGATIVE_INFINITY;
    private double previousIn;
    private double previousOut;

    @Override
    public float accept(short[] pcm, int offset) {
        double level = level(pcm, offset);
        levels[frames % FLOOR_FRAMES] = level;
        frames++;
        double over = level - floor();
        last[frames % last.length] = 1 / (1 + Math.exp((HALF_DB - over) / SLOPE_DB));
        return (float) median(last[0], last[1], last[2]);
    }

    /** The frame's level in dBFS: without offset and rumble, and without the loudest parts, where a click would be. */
    private double level(short[] pcm, int offset) {
        if (frames == 0) {
            previousIn = pcm[offset];
        }
        int length = FRAME / PARTS;
        for (int part = 0; part < PARTS; part++) {
            double energy = 0;
            for (int i = offset + part * length; i < offset + (part + 1) * length; i++) {
                // A pole at 0.96 passes what is over 100 Hz.
                double out = pcm[i] - previousIn + POLE * previousOut;
                previousIn = pcm[i];
                previousOut = out;
                energy += out * out;
            }
            parts[part] = energy / length;
        }
        Arrays.sort(parts);
        double sum = 0;
        for (int part = 0; part < KEPT_PARTS; part++) {
            sum += parts[part];
        }
        return 10 * Math.log10(Math.max(sum / KEPT_PARTS, 1e-3) / (32768.0 * 32768.0));
    }

    private double floor() {
        double quietest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < Math.min(frames, FLOOR_FRAMES); i++) {
            quietest = Math.min(quietest, levels[i]);
        }
        if (frames >= STEADY_FRAMES) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int back = 1; back <= STEADY_FRAMES; back++) {
                double level = levels[(frames - back) % FLOOR_FRAMES];
                low = Math.min(low, level);
                high = Math.max(high, level);
            }
            if (high - low < STEADY_DB) {
                steadyFloor = high;
            } else if (low < steadyFloor - STEADY_DB) {
                steadyFloor = Double.NEGATIVE_INFINITY;
            }
        }
        return Math.max(LEAST_FLOOR_DB, Math.max(quietest, steadyFloor));
    }

    private static double median(double a, double b, double c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }
}
