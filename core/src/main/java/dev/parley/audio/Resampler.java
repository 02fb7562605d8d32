package dev.parley.audio;

import java.util.Arrays;

/**
 * A change of sample rate for one stream of 16-bit mono PCM: a polyphase windowed-sinc filter that takes chunks of any
 * size and gives the same samples however the stream was cut.
 *
 * <p>With {@code low} the lower of both rates: the pass band is flat within ±0.01 dB up to 0.42 {@code low} (3.3 kHz at
 * 8 kHz, 6.7 kHz at 16 kHz, 10 kHz at 24 kHz); everything from {@code low}/2 up is attenuated by at least 75 dB, images
 * as well as aliases. The filter is symmetric and delays the sound by {@link #delayMillis()}: 4 ms at 8 kHz, 2 ms at
 * 16 kHz, 1.3 ms at 24 kHz. Equal rates are copied without filter or delay. Overshoot beyond 16 bits is clipped.
 *
 * <p>Keeps state between calls and belongs to one stream and thread. {@link #process} and {@link #flush} allocate
 * nothing.
 */
public final class Resampler {
    /** Zero crossings of the sinc on either side of its middle, at the lower rate. */
    private static final int CROSSINGS = 32;

    /** Stop-band attenuation the Kaiser window is made for, in dB. */
    private static final double ATTENUATION = 80;

    /** Bounds the table of coefficients; every pair of common rates needs at most 640 phases. */
    private static final int MOST_PHASES = 2400;

    private final int fromHz;
    private final int toHz;
    private final int up;
    private final int down;
    private final int taps;

    /** By phase: the coefficients in the order of the samples they meet, oldest first. */
    private final float[][] phases;

    /** The last {@code taps} samples, written twice so that they can always be read in one piece. */
    private final float[] recent;

    private int newest;
    private int phase;

    /**
     * Makes a resampler for one stream.
     *
     * @param fromHz sample rate of what comes in, in Hz, such as 8000, 11025, 16000, 22050, 24000, 32000, 44100, 48000
     * @param toHz sample rate of what goes out, in Hz
     * @throws IllegalArgumentException when a rate is not in 1000..384000 Hz, or the ratio of both has no small terms
     */
    public Resampler(int fromHz, int toHz) {
        if (Math.min(fromHz, toHz) < 1000 || Math.max(fromHz, toHz) > 384_000) {
            throw new IllegalArgumentException(
                    "cannot resample " + fromHz + " Hz to " + toHz + " Hz; rates must be within 1000 and 384000 Hz");
        }
        int common = greatestCommonDivisor(fromHz, toHz);
        this.fromHz = fromHz;
        this.toHz = toHz;
        up = toHz / common;
        down = fromHz / common;
        if (up > MOST_PHASES) {
            throw new IllegalArgumentException("cannot resample " + fromHz + " Hz to " + toHz
                    + " Hz: the ratio needs a table of " + up + " phases; take a common rate");
        }
        if (up == down) {
            taps = 0;
            phases = new float[0][];
            recent = new float[0];
            return;
        }
        double inputsPerCrossing = Math.max(1.0, (double) down / up);
        taps = 2 * (int) Math.ceil(CROSSINGS * inputsPerCrossing);
        phases = design(up, taps, inputsPerCrossing);
        recent = new float[2 * taps];
    }

    /** Sample rate of what comes in, in Hz. */
    public int fromHz() {
        return fromHz;
    }

    /** Sample rate of what goes out, in Hz. */
    public int toHz() {
        return toHz;
    }

    /** By how much the sound is late, in ms. */
    public double delayMillis() {
        return taps * 500.0 / fromHz;
    }

    /** The most samples that {@link #process} may give for {@code length} samples. */
    public int maxOutput(int length) {
        return Math.toIntExact(((long) length * up + down - 1) / down);
    }

    /** The most samples that {@link #flush} may give. */
    public int maxFlush() {
        return maxOutput(taps / 2);
    }

    /**
     * Resamples a chunk.
     *
     * @return how many samples were written to {@code out} from {@code outOffset} on; at most {@link #maxOutput}
     * @throws IndexOutOfBoundsException when either array is too short
     */
    public int process(short[] in, int offset, int length, short[] out, int outOffset) {
        if (taps == 0) {
            System.arraycopy(in, offset, out, outOffset, length);
            return length;
        }
        int to = outOffset;
        for (int i = offset; i < offset + length; i++) {
            to = push(in[i], out, to);
        }
        return to - outOffset;
    }

    /**
     * Gives the end of the stream, still in the filter, and makes the resampler ready for a new stream.
     *
     * @return how many samples were written; at most {@link #maxFlush}
     */
    public int flush(short[] out, int outOffset) {
        int to = outOffset;
        for (int i = 0; i < taps / 2; i++) {
            to = push((short) 0, out, to);
        }
        reset();
        return to - outOffset;
    }

    /** Forgets the stream so far. */
    public void reset() {
        Arrays.fill(recent, 0f);
        newest = 0;
        phase = 0;
    }

    private int push(short sample, short[] out, int at) {
        newest = newest + 1 == taps ? 0 : newest + 1;
        recent[newest] = sample;
        recent[newest + taps] = sample;
        int to = at;
        for (; phase < up; phase += down) {
            out[to++] = clip(dot(phases[phase], newest + 1));
        }
        phase -= up;
        return to;
    }

    private float dot(float[] coefficients, int start) {
        // Two sums instead of one, because additions of floats that wait for each other are what takes the time.
        float a = 0;
        float b = 0;
        int half = coefficients.length / 2;
        for (int k = 0; k < half; k++) {
            a += coefficients[k] * recent[start + k];
            b += coefficients[half + k] * recent[start + half + k];
        }
        return a + b;
    }

    private static short clip(float value) {
        return (short) Math.clamp(Math.round(value), Short.MIN_VALUE, Short.MAX_VALUE);
    }

    private static float[][] design(int up, int taps, double inputsPerCrossing) {
        double beta = 0.1102 * (ATTENUATION - 8.7);
        // Of Kaiser's formula: the width of the transition in units of the lower rate.
        double transition = (ATTENUATION - 7.95) / (14.36 * 2 * CROSSINGS);
        double cutoff = (0.5 - transition / 2) / inputsPerCrossing;
        double edge = taps / 2.0;
        float[][] phases = new float[up][taps];
        for (int p = 0; p < up; p++) {
            double sum = 0;
            double[] row = new double[taps];
            for (int k = 0; k < taps; k++) {
                double t = taps - 1 - k + (double) p / up - edge;
                double x = 2 * cutoff * t;
                double sinc = x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
                double inside = Math.max(0, 1 - t * t / (edge * edge));
                row[k] = sinc * bessel(beta * Math.sqrt(inside)) / bessel(beta);
                sum += row[k];
            }
            for (int k = 0; k < taps; k++) {
                phases[p][k] = (float) (row[k] / sum);
            }
        }
        return phases;
    }

    /** The modified Bessel function of order 0. */
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > 1e-12 * sum; k++) {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
