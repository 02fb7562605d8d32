package dev.parley.audio;

/**
 * The loudness of 16-bit sound, in dBFS: 0 is a sine at full scale for {@link #rms()}, and a sample at full scale for
 * {@link #peak()}. Sound may be added in pieces. Belongs to one thread.
 */
public final class Level {
    /** What stands for silence. */
    public static final double SILENCE = -100;

    private static final double FULL = 32_768;

    private double squares;
    private long count;
    private int highest;

    /** The level of a whole sound. */
    public static Level of(short[] samples) {
        Level level = new Level();
        level.add(samples, 0, samples.length);
        return level;
    }

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

    /** The loudness of all that was added; {@link #SILENCE} at the least. */
    public double rms() {
        return count == 0 ? SILENCE : decibels(Math.sqrt(2 * squares / count));
    }

    /** That of the loudest sample; {@link #SILENCE} at the least. */
    public double peak() {
        return decibels(highest);
    }

    private static double decibels(double amplitude) {
        return Math.max(SILENCE, 20 * Math.log10(amplitude / FULL));
    }
}
