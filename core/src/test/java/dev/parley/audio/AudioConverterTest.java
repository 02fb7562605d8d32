package dev.parley.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AudioConverterTest {
    private static final List<AudioCoding> CODINGS = List.of(
            new AudioCoding("audio/pcm", 8000),
            new AudioCoding("audio/pcm", 16_000),
            new AudioCoding("audio/pcm", 24_000),
            new AudioCoding("audio/pcm", 48_000),
            new AudioCoding("audio/pcmu", 8000),
            new AudioCoding("audio/pcma", 8000));

    record Pair(AudioCoding from, AudioCoding to) {}

    static Stream<Pair> pairs() {
        return CODINGS.stream().flatMap(from -> CODINGS.stream().map(to -> new Pair(from, to)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void anyCutOfTheStreamGivesTheSameBytes(Pair pair) {
        Random random = new Random(7);
        byte[] sound = Tone.bytes(pair.from(), 440, 0.4, 12_000);
        byte[] whole = cut(pair, sound, () -> sound.length);
        assertThat(cut(pair, sound, () -> 1)).isEqualTo(whole);
        assertThat(cut(pair, sound, () -> 3)).isEqualTo(whole);
        assertThat(cut(pair, sound, () -> 1 + random.nextInt(700))).isEqualTo(whole);
        assertThat(cut(pair, sound, () -> 4097)).isEqualTo(whole);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void givesAsMuchSoundAsItGot(Pair pair) {
        for (int millis : new int[] {20, 100, 1010}) {
            byte[] sound = Tone.bytes(pair.from(), 440, millis / 1000.0, 12_000);
            long samples = Tone.samples(pair.to(), cut(pair, sound, () -> 160)).length;
            assertThat(samples).isEqualTo((long) pair.to().hertz() * millis / 1000);
        }
    }

    /** A click is a step that the tone itself does not take. */
    @ParameterizedTest
    @MethodSource("pairs")
    void makesNoClickAtBorders(Pair pair) {
        Random random = new Random(11);
        byte[] sound = Tone.bytes(pair.from(), 300, 1, 12_000);
        short[] out = Tone.samples(pair.to(), cut(pair, sound, () -> 1 + random.nextInt(99)));
        double steepest = 12_000 * 2 * Math.PI * 300 / pair.to().hertz();
        double coarse =
                pair.to().type().equals("audio/pcm") && pair.from().type().equals("audio/pcm") ? 2 : 520;
        // Not at its ends, where the tone itself begins and stops at once.
        for (int i = out.length / 10; i < out.length * 9 / 10; i++) {
            assertThat((double) Math.abs(out[i] - out[i - 1])).isLessThan(steepest * 1.01 + coarse);
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void isAlignedWithWhatCameIn(Pair pair) {
        byte[] sound = Tone.bytes(pair.from(), 250, 0.4, 12_000);
        short[] out = Tone.samples(pair.to(), cut(pair, sound, () -> 333));
        double error = 0;
        double power = 0;
        for (int i = out.length / 4; i < out.length * 3 / 4; i++) {
            double expected =
                    12_000 * Math.sin(2 * Math.PI * 250 * i / pair.to().hertz());
            error += (out[i] - expected) * (out[i] - expected);
            power += expected * expected;
        }
        assertThat(10 * Math.log10(power / error)).isGreaterThan(32);
    }

    @Test
    void staysRightAfterAnOddByteAndForgetsItWhenReset() {
        AudioConverter converter =
                new AudioConverter(new AudioCoding("audio/pcm", 8000), new AudioCoding("audio/pcmu", 8000));
        assertThat(converter.convert(new byte[] {0x34})).isEmpty();
        assertThat(converter.convert(new byte[] {0x12, 0x34}).getFirst())
                .containsExactly(G711.MU_LAW.encode((short) 0x1234));
        converter.reset();
        assertThat(converter.convert(new byte[] {0, 0, 1}).getFirst()).containsExactly((byte) 0xFF);
        assertThat(converter.flush()).isEmpty();
        assertThat(converter.convert(new byte[0])).isEmpty();
    }

    @Test
    void startsAnewAfterFlush() {
        Pair pair = new Pair(CODINGS.get(2), CODINGS.get(4));
        byte[] sound = Tone.bytes(pair.from(), 440, 0.2, 12_000);
        AudioConverter converter = new AudioConverter(pair.from(), pair.to());
        byte[] first = all(converter, sound);
        assertThat(all(converter, sound)).isEqualTo(first);
    }

    @Test
    void saysWhatIsMissing() {
        AudioCoding missing = new AudioCoding("audio/none", 24_000);
        assertThat(missing.known()).isFalse();
        assertThatThrownBy(() -> new AudioConverter(CODINGS.getFirst(), missing))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("audio/none");
    }

    private static byte[] all(AudioConverter converter, byte[] sound) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        converter.convert(sound).forEach(out::writeBytes);
        converter.flush().forEach(out::writeBytes);
        return out.toByteArray();
    }

    private static byte[] cut(Pair pair, byte[] sound, java.util.function.IntSupplier sizes) {
        AudioConverter converter = new AudioConverter(pair.from(), pair.to());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < sound.length; ) {
            int to = Math.min(sound.length, at + sizes.getAsInt());
            converter.convert(Arrays.copyOfRange(sound, at, to)).forEach(out::writeBytes);
            at = to;
        }
        converter.flush().forEach(out::writeBytes);
        return out.toByteArray();
    }
}
