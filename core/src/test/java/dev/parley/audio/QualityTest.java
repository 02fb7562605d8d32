package dev.parley.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Measures what docs/audio.md says of the converters, prints it, and holds it. */
class QualityTest {
    private static final int[] RATES = {8000, 16_000, 24_000, 48_000};
    private static final double AMPLITUDE = 10_000;

    private record Measured(int from, int to, double ripple, double stopped, double noise, double delay) {
        @Override
        public String toString() {
            return "| %d to %d | ±%.3f dB up to %.0f Hz | %.0f dB from %d Hz | %.0f dB | %.1f ms |"
                    .formatted(
                            from, to, ripple, 0.42 * Math.min(from, to), stopped, Math.min(from, to) / 2, noise, delay);
        }
    }

    @Test
    void isAsDocumented() {
        List<Measured> all = new ArrayList<>();
        for (int from : RATES) {
            for (int to : RATES) {
                if (from != to) {
                    all.add(measure(from, to));
                }
            }
        }
        all.forEach(System.out::println);
        assertThat(all).allSatisfy(each -> {
            assertThat(each.ripple()).isLessThan(0.01);
            assertThat(each.stopped()).isGreaterThan(75);
            assertThat(each.noise()).isGreaterThan(75);
            assertThat(each.delay()).isLessThanOrEqualTo(4);
        });
    }

    private static Measured measure(int from, int to) {
        int low = Math.min(from, to);
        double ripple = 0;
        for (double hertz = 50; hertz <= 0.42 * low; hertz += 50) {
            ripple = Math.max(ripple, Math.abs(decibels(amplitude(convert(from, to, hertz), hertz, to) / AMPLITUDE)));
        }
        double stopped = 200;
        if (from > to) {
            // What would fold is all that comes out of a tone beyond the band.
            for (double hertz = low / 2.0; hertz < from / 2.0 - 50; hertz += 130) {
                stopped = Math.min(stopped, -decibels(loudness(convert(from, to, hertz)) * Math.sqrt(2) / AMPLITUDE));
            }
        } else {
            // Images of a tone stand around multiples of the lower rate.
            for (double hertz = 170; hertz < 0.42 * low; hertz += 130) {
                short[] out = convert(from, to, hertz);
                for (int multiple = low; multiple - hertz < to / 2.0; multiple += low) {
                    stopped = Math.min(stopped, -decibels(amplitude(out, multiple - hertz, to) / AMPLITUDE));
                }
            }
        }
        double noise = Tone.toNoise(convert(from, to, 990), 990, to);
        AudioConverter converter = converter(from, to);
        return new Measured(from, to, ripple, stopped, noise, converter.delayMillis());
    }

    private static AudioConverter converter(int from, int to) {
        return new AudioConverter(new AudioCoding("audio/pcm", from), new AudioCoding("audio/pcm", to));
    }

    /** The middle of half a second; a tenth of it, so that multiples of 10 Hz are whole. */
    private static short[] convert(int from, int to, double hertz) {
        AudioCoding coding = new AudioCoding("audio/pcm", from);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AudioConverter converter = converter(from, to);
        converter.convert(Tone.bytes(coding, hertz, 0.3, AMPLITUDE)).forEach(out::writeBytes);
        converter.flush().forEach(out::writeBytes);
        short[] samples = Tone.samples(new AudioCoding("audio/pcm", to), out.toByteArray());
        return Arrays.copyOfRange(samples, samples.length / 3, samples.length * 2 / 3);
    }

    private static double amplitude(short[] samples, double hertz, int rate) {
        return Tone.amplitude(samples, hertz, rate);
    }

    private static double loudness(short[] samples) {
        double squares = 0;
        for (short sample : samples) {
            squares += (double) sample * sample;
        }
        return Math.sqrt(squares / samples.length);
    }

    private static double decibels(double ratio) {
        return 20 * Math.log10(Math.max(ratio, 1e-6));
    }
}
