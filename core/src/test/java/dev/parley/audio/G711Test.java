package dev.parley.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against the JDK's own codec, and against the Recommendation's rules. */
class G711Test {
    @ParameterizedTest
    @EnumSource
    void decodesAsTheJdkDoes(G711 law) throws IOException {
        byte[] codes = new byte[256];
        for (int i = 0; i < 256; i++) {
            codes[i] = (byte) i;
        }
        byte[] expected = jdk(codes, format(law), pcm());
        for (int i = 0; i < 256; i++) {
            int there = (short) ((expected[2 * i] & 0xFF) | (expected[2 * i + 1] << 8));
            assertThat((int) law.decode((byte) i)).as("code %d", i).isEqualTo(there);
        }
    }

    /** The JDK negates where the Recommendation inverts, so that they part at borders of intervals, for negative values. */
    @ParameterizedTest
    @EnumSource
    void encodesPositiveValuesAsTheJdkDoes(G711 law) throws IOException {
        byte[] samples = new byte[2 * 32_768];
        for (int i = 0; i < 32_768; i++) {
            samples[2 * i] = (byte) i;
            samples[2 * i + 1] = (byte) (i >> 8);
        }
        byte[] expected = jdk(samples, pcm(), format(law));
        for (int i = 0; i < 32_768; i++) {
            // Beyond the last interval of µ-law the JDK writes silence.
            byte there = law == G711.MU_LAW && i > 32_635 ? (byte) 0x80 : expected[i];
            assertThat(law.encode((short) i)).as("sample %d", i).isEqualTo(there);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isSymmetricAsTheRecommendationSays(G711 law) {
        for (int value = 0; value < 32_768; value++) {
            assertThat(law.encode((short) ~value) ^ law.encode((short) value))
                    .as("sample %d", value)
                    .isEqualTo((byte) 0x80);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsEveryCode(G711 law) {
        for (int code = 0; code < 256; code++) {
            short sample = law.decode((byte) code);
            assertThat(law.decode(law.encode(sample))).isEqualTo(sample);
        }
    }

    @Test
    void writesSilenceAsTheNetworksDo() {
        assertThat(G711.MU_LAW.encode((short) 0)).isEqualTo((byte) 0xFF);
        assertThat(G711.A_LAW.encode((short) 0)).isEqualTo((byte) 0xD5);
    }

    /** ITU-T G.711 gives both laws 35 dB and more from -30 dBm0 up; the best is about 38. */
    @ParameterizedTest
    @EnumSource
    void keepsToneAboveNoise(G711 law) {
        StringBuilder table = new StringBuilder();
        for (int level = 0; level >= -40; level -= 10) {
            double signal = 0;
            double noise = 0;
            double amplitude = 32_000 * Math.pow(10, level / 20.0);
            for (int i = 0; i < 8000; i++) {
                short in = (short) Math.round(amplitude * Math.sin(2 * Math.PI * 1001 * i / 8000));
                double error = law.decode(law.encode(in)) - in;
                signal += (double) in * in;
                noise += error * error;
            }
            double ratio = 10 * Math.log10(signal / noise);
            table.append(" %d dBFS: %.1f dB".formatted(level, ratio));
            assertThat(ratio).as("%s at %d dBFS", law, level).isGreaterThan(level < -30 ? 30 : 35);
        }
        System.out.println(law + ", SNR of a tone:" + table);
    }

    private static byte[] jdk(byte[] in, AudioFormat from, AudioFormat to) throws IOException {
        AudioInputStream stream =
                new AudioInputStream(new ByteArrayInputStream(in), from, in.length / from.getFrameSize());
        return AudioSystem.getAudioInputStream(to, stream).readAllBytes();
    }

    private static AudioFormat format(G711 law) {
        return new AudioFormat(law == G711.MU_LAW ? Encoding.ULAW : Encoding.ALAW, 8000, 8, 1, 1, 8000, false);
    }

    private static AudioFormat pcm() {
        return new AudioFormat(8000, 16, 1, true, false);
    }
}
