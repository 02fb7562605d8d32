package dev.parley.opus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.audio.FrameCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes through Opus and back. */
class OpusCodecTest {
    private static final int SECOND = FrameCodec.HERTZ;

    @Test
    void isFoundByItsType() {
        assertThat(FrameCodec.of("audio/opus")).containsInstanceOf(OpusCodec.class);
        assertThat(FrameCodec.of("audio/pcm")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 440, 1_000, 3_300, 7_000})
    void aToneStaysATone(int hertz) {
        short[] tone = Sound.tone(hertz, 8_000, SECOND);
        short[] back = Sound.decoded(Sound.encoded(tone));
        assertThat(back).hasSize(SECOND);
        assertThat(Sound.purity(back, SECOND / 4, SECOND, hertz)).isGreaterThan(0.97);
        double level = Sound.level(back, SECOND / 4, SECOND) / Sound.level(tone, SECOND / 4, SECOND);
        assertThat(20 * Math.log10(level)).isCloseTo(0, within(2.0));
    }

    @Test
    void speechStaysItselfAtAFifteenthOfItsSize() {
        short[] voice = Sound.voice(3 * SECOND);
        List<byte[]> packets = Sound.encoded(voice);
        short[] back = Sound.decoded(packets);
        int delay = Sound.delay(voice, back, SECOND, SECOND * 3 / 2);
        // The encoder looks 6.5 ms ahead, the resampler behind the decoder 1.3 ms.
        assertThat(delay).isCloseTo(188, within(3));
        assertThat(Sound.likeness(voice, back, delay, SECOND / 2, 3 * SECOND - 600))
                .isGreaterThan(0.95);
        int bytes = packets.stream().mapToInt(packet -> packet.length).sum();
        assertThat(bytes * 8 / 3).isBetween(24_000, 36_000);
    }

    @Test
    void silenceIsSilentAndSmall() {
        List<byte[]> packets = Sound.encoded(new short[SECOND]);
        assertThat(Sound.level(Sound.decoded(packets), 0, SECOND)).isLessThan(2);
        assertThat(packets.stream().mapToInt(packet -> packet.length).sum() * 8).isLessThan(14_000);
    }

    @Test
    void streamsDoNotMeet() {
        short[] tone = Sound.tone(500, 8_000, SECOND);
        List<byte[]> alone = Sound.encoded(tone);
        FrameCodec.Encoder encoder = new OpusCodec().encoder();
        FrameCodec.Encoder other = new OpusCodec().encoder();
        Random dice = new Random(1);
        for (int i = 0; i < 50; i++) {
            short[] noise = new short[FrameCodec.SAMPLES];
            for (int k = 0; k < noise.length; k++) {
                noise[k] = (short) dice.nextInt();
            }
            other.encode(noise);
            byte[] packet = encoder.encode(Arrays.copyOfRange(tone, i * 480, i * 480 + 480));
            assertThat(packet).isEqualTo(alone.get(i));
        }
    }

    @Test
    void aPacketThatDoesNotComeIsHeardForAMomentOnly() {
        short[] voice = Sound.voice(3 * SECOND);
        List<byte[]> packets = new ArrayList<>(Sound.encoded(voice));
        short[] whole = Sound.decoded(packets);
        packets.remove(50);
        packets.remove(50);
        short[] back = Sound.decoded(packets);
        assertThat(back).hasSize(3 * SECOND - 960);
        assertThat(Sound.likeness(whole, back, -960, 55 * 480, 65 * 480)).isGreaterThan(0.9);
        assertThat(Sound.likeness(whole, back, -960, 65 * 480, 100 * 480)).isGreaterThan(0.99);
    }

    /** Sounds that nobody speaks, at the limits of 16 bits. */
    @Test
    void encodesWhateverItIsGiven() {
        Random dice = new Random(9);
        FrameCodec.Encoder encoder = new OpusCodec().encoder();
        FrameCodec.Decoder decoder = new OpusCodec().decoder();
        for (int i = 0; i < 1_500; i++) {
            short[] sound = new short[FrameCodec.SAMPLES];
            int kind = dice.nextInt(6);
            int period = 1 + dice.nextInt(200);
            for (int k = 0; k < sound.length; k++) {
                sound[k] = (short)
                        switch (kind) {
                            case 0 -> dice.nextInt();
                            case 1 -> k % period < period / 2 ? Short.MAX_VALUE : Short.MIN_VALUE;
                            case 2 -> k == period ? Short.MIN_VALUE : 0;
                            case 3 -> Short.MIN_VALUE;
                            case 4 -> dice.nextInt(3) - 1;
                            default -> 0;
                        };
            }
            byte[] packet = encoder.encode(sound);
            assertThat(packet).hasSizeBetween(1, 1276);
            assertThat(decoder.decode(packet)).hasSize(FrameCodec.SAMPLES);
        }
    }
}
