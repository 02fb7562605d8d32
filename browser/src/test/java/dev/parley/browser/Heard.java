package dev.parley.browser;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sound that was heard.
 *
 * @param hertz samples in a second
 * @param first the number of its first sample since the clock began
 * @param samples 16-bit mono; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Heard(int hertz, long first, short[] samples) {
    /** What is quieter than this is silence: -60 dBFS. */
    private static final int QUIET = 33;

    private static final int FRAME_MILLIS = 5;

    /** A stretch of sound, in seconds of the clock. */
    public record Span(double from, double to) {
        /** How long it is, in ms. */
        public double millis() {
            return (to - from) * 1000;
        }
    }

    private double at(int sample) {
        return (double) (first + sample) / hertz;
    }

    /** When it begins to sound; infinite: never. */
    public double onset() {
        return loud().stream().findFirst().map(Span::from).orElse(Double.POSITIVE_INFINITY);
    }

    /** When it last sounded; minus infinity: never. */
    public double end() {
        for (int i = samples.length - 1; i >= 0; i--) {
            if (Math.abs(samples[i]) > QUIET) {
                return at(i + 1);
            }
        }
        return Double.NEGATIVE_INFINITY;
    }

    /** Stretches of sound; silences shorter than 60 ms are part of them. */
    public List<Span> loud() {
        return loud(60);
    }

    /** Stretches of sound; silences shorter than this are part of them. */
    public List<Span> loud(int silenceMillis) {
        int longest = silenceMillis * hertz / 1000;
        List<Span> spans = new ArrayList<>();
        int begin = -1;
        int last = -1;
        for (int i = 0; i < samples.length; i++) {
            if (Math.abs(samples[i]) <= QUIET) {
                continue;
            }
            if (begin >= 0 && i - last > longest) {
                spans.add(new Span(at(begin), at(last + 1)));
                begin = i;
            }
            begin = begin < 0 ? i : begin;
            last = i;
        }
        if (begin >= 0) {
            spans.add(new Span(at(begin), at(last + 1)));
        }
        return spans;
    }

    /** How long it sounded in all, in ms. */
    public double soundingMillis() {
        return loud().stream().mapToDouble(Span::millis).sum();
    }

    /** Loudness as root mean square from 0 to 1, of every 5 ms. */
    public double[] loudness() {
        int frame = FRAME_MILLIS * hertz / 1000;
        double[] loudness = new double[samples.length / frame];
        for (int f = 0; f < loudness.length; f++) {
            double sum = 0;
            for (int i = f * frame; i < (f + 1) * frame; i++) {
                sum += (double) samples[i] * samples[i];
            }
            loudness[f] = Math.sqrt(sum / frame) / 32768;
        }
        return loudness;
    }

    /** The largest step from one sample to the next, from 0 to 2: what clicks is a step larger than the sound's own. */
    public double largestStep() {
        int largest = 0;
        for (int i = 1; i < samples.length; i++) {
            largest = Math.max(largest, Math.abs(samples[i] - samples[i - 1]));
        }
        return largest / 32768.0;
    }

    /** The part from one time to another. */
    public Heard between(double from, double to) {
        int begin = Math.clamp(Math.round(from * hertz) - first, 0, samples.length);
        int end = Math.clamp(Math.round(to * hertz) - first, begin, samples.length);
        return new Heard(hertz, first + begin, Arrays.copyOfRange(samples, begin, end));
    }
}
