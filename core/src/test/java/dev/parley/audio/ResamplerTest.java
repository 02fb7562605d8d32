package dev.parley.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {
    private static final int[] RATES = {8000, 11025, 16000, 22050, 24000, 32000, 44100, 48000};

    @Test
    void anyCutOfTheStreamGivesTheSameSamples() {
        Random random = new Random(1);
        short[] noise = new short[5000];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (short) random.nextInt(-20000, 20000);
        }
        for (int from : RATES) {
            for (int to : RATES) {
                short[] whole = resample(from, to, noise, noise.length);
                short[] odd = resample(from, to, noise, 137);
                short[] single = resample(from, to, noise, 1);
                assertThat(odd).as("%d to %d", from, to).isEqualTo(whole);
                assertThat(single).as("%d to %d", from, to).isEqualTo(whole);
            }
        }
    }

    @Test
    void givesAsManySamplesAsTheRatesSay() {
        for (int from : RATES) {
            for (int to : RATES) {
                Resampler resampler = new Resampler(from, to);
                short[] out = new short[resampler.maxOutput(from) + resampler.maxFlush()];
                int given = resampler.process(new short[from], 0, from, out, 0);
                assertThat(given).isEqualTo(to);
                assertThat(resampler.flush(out, given)).isLessThanOrEqualTo(resampler.maxFlush());
            }
        }
    }

    @Test
    void keepsAToneClean() {
        for (int from : RATES) {
            for (int to : RATES) {
                assertThat(toneToNoise(from, to, 1000)).as("%d to %d", from, to).isGreaterThan(70);
            }
        }
    }

    @Test
    void isFlatInThePassBand() {
        for (int from : RATES) {
            for (int to : RATES) {
                double edge = 0.42 * Math.min(from, to);
                for (double hertz : new double[] {100, edge / 2, edge}) {
                    assertThat(gain(from, to, hertz))
                            .as("%d to %d at %f", from, to, hertz)
                            .isBetween(-0.02, 0.02);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"48000,24000,13000", "48000,16000,9000", "24000,8000,4100", "44100,16000,8100", "16000,8000,5000"})
    void stopsWhatWouldFold(int from, int to, double hertz) {
        assertThat(gain(from, to, hertz)).isLessThan(-70);
    }

    @ParameterizedTest
    @CsvSource({"8000,24000", "16000,48000", "8000,16000", "24000,48000"})
    void givesNoImages(int from, int to) {
        // With one tone in, everything else coming out is an image or noise.
        assertThat(toneToNoise(from, to, 0.35 * from)).isGreaterThan(70);
    }

    @Test
    void copiesEqualRates() {
        short[] in = {1, -2, 3, Short.MAX_VALUE};
        assertThat(resample(16000, 16000, in, 3)).isEqualTo(in);
        assertThat(new Resampler(16000, 16000).delayMillis()).isZero();
    }

    @Test
    void clipsInsteadOfWrapping() {
        short[] square = new short[4800];
        for (int i = 0; i < square.length; i++) {
            square[i] = i / 24 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
        }
        short[] out = resample(48000, 24000, square, 480);
        for (int i = 200; i + 1 < 2000; i++) {
            assertThat(Math.abs(out[i] - out[i + 1])).isLessThan(65536);
            boolean top = (i - 32) / 12 % 2 == 0;
            if ((i - 32) % 12 > 3 && (i - 32) % 12 < 9) {
                assertThat(out[i] > 0).isEqualTo(top);
            }
        }
    }

    @Test
    void startsAnewAfterFlush() {
        short[] in = new short[1000];
        Arrays.fill(in, (short) 1000);
        Resampler resampler = new Resampler(48000, 24000);
        short[] first = new short[resampler.maxOutput(1000) + resampler.maxFlush()];
        short[] second = new short[first.length];
        int n = resampler.process(in, 0, 1000, first, 0);
        resampler.flush(first, n);
        n = resampler.process(in, 0, 1000, second, 0);
        resampler.flush(second, n);
        assertThat(second).isEqualTo(first);
    }

    @Test
    void sayWhichRatesAreWrong() {
        assertThatThrownBy(() -> new Resampler(0, 8000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 Hz to 8000 Hz");
        assertThatThrownBy(() -> new Resampler(47999, 24001)).hasMessageContaining("phases");
    }

    private static short[] resample(int from, int to, short[] in, int chunk) {
        Resampler resampler = new Resampler(from, to);
        short[] out = new short[resampler.maxOutput(in.length) + resampler.maxFlush() + 1];
        int n = 0;
        for (int at = 0; at < in.length; at += chunk) {
            n += resampler.process(in, at, Math.min(chunk, in.length - at), out, n);
        }
        n += resampler.flush(out, n);
        return Arrays.copyOf(out, n);
    }

    private static double gain(int from, int to, double hertz) {
        double[] out = tone(from, to, hertz);
        double energy = 0;
        for (double sample : out) {
            energy += sample * sample;
        }
        return 10 * Math.log10(energy / out.length / (10000.0 * 10000 / 2));
    }

    private static double toneToNoise(int from, int to, double hertz) {
        double[] out = tone(from, to, hertz);
        double sin = 0;
        double cos = 0;
        for (int i = 0; i < out.length; i++) {
            sin += out[i] * Math.sin(2 * Math.PI * hertz * i / to) * 2 / out.length;
            cos += out[i] * Math.cos(2 * Math.PI * hertz * i / to) * 2 / out.length;
        }
        double noise = 0;
        for (int i = 0; i < out.length; i++) {
            double rest = out[i]
                    - sin * Math.sin(2 * Math.PI * hertz * i / to)
                    - cos * Math.cos(2 * Math.PI * hertz * i / to);
            noise += rest * rest;
        }
        return 10 * Math.log10((sin * sin + cos * cos) / 2 / (noise / out.length));
    }

    /** A second of a tone's output from its middle. */
    private static double[] tone(int from, int to, double hertz) {
        short[] in = new short[2 * from];
        for (int i = 0; i < in.length; i++) {
            in[i] = (short) Math.round(10000 * Math.sin(2 * Math.PI * hertz * i / from));
        }
        short[] out = resample(from, to, in, 480);
        double[] middle = new double[to];
        for (int i = 0; i < to; i++) {
            middle[i] = out[to / 2 + i];
        }
        return middle;
    }
}
