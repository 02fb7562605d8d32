package dev.parley.audio;

/**
 * The loudness of 16-bit sound, in dBFS: 0 is a sine at full scale for {@link #rms()}, and a sample at full scale for
 * {@link #peak()}. Adds up until {@link #reset()}. Belongs to one thread.
 */
public final class Level {
    /** What stands for silence. */
    public static final double SILENCE = -100;

    private static final double FULL = 32_768;

    private double squares;
    private long count;
    private int highest;

    /** Adds samples. */
    public void add(short[] samples, int from, int to) {
        long sum = 0;
        for (int i = from; i < to; i++) {
            int value = Math.abs(samples[i]);
            sum += (long) value * value;
            highest = Math.max(highest, value);
        }
        squares += sum;
        count += to - from;
    }

    /** The loudness of all that was added. */
    public double rms() {
        return count == 0 ? SILENCE : decibels(Math.sqrt(2 * squares / count));
    }

    /** That of the loudest sample. */
    public double peak() {
        return decibels(highest);
    }

    /** Begins anew. */
    public void reset() {
        squares = 0;
        count = 0;
        highest = 0;
    }

    private static double decibels(double amplitude) {
        return Math.max(SILENCE, 20 * Math.log10(amplitude / FULL));
    }
}
