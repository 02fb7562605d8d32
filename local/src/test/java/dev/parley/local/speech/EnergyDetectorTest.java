package dev.parley.local.speech;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.audio.Wav;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnergyDetectorTest {
    private static final int SECOND = 16_000;

    @Test
    void silenceIsNotSpeech() {
        assertThat(spoken(new short[5 * SECOND], 0, 250)).isZero();
    }

    @Test
    void offsetAndLeastBitsAreNotSpeech() {
        short[] pcm = noise(5 * SECOND, 1, 1);
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) (pcm[i] + 3000);
        }
        assertThat(spoken(pcm, 0, 250)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"30", "300", "3000", "10000"})
    void steadyNoiseFromTheFirstFrameIsNotSpeech(double level) {
        assertThat(spoken(noise(10 * SECOND, level, 2), 0, 500)).isZero();
    }

    @Test
    void noiseThatSetsInIsSpeechForNoLongerThanASecond() {
        short[] pcm = new short[5 * SECOND];
        System.arraycopy(noise(4 * SECOND, 1000, 3), 0, pcm, SECOND, 4 * SECOND);
        assertThat(spoken(pcm, 0, 50)).isZero();
        assertThat(spoken(pcm, 100, 250)).isZero();
    }

    @Test
    void slowlyGrowingNoiseIsNotSpeech() {
        short[] pcm = noise(20 * SECOND, 100, 4);
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) (pcm[i] * Math.pow(10, i / (double) pcm.length * 1.5));
        }
        assertThat(spoken(pcm, 0, 1000)).isLessThan(3);
    }

    @Test
    void humIsNotSpeech() {
        short[] pcm = noise(5 * SECOND, 10, 5);
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] += (short) (4000 * Math.sin(2 * Math.PI * 50 * i / SECOND));
        }
        assertThat(spoken(pcm, 0, 250)).isZero();
    }

    @Test
    void clicksAreNotSpeech() {
        short[] pcm = noise(5 * SECOND, 10, 6);
        for (int at = 3000; at < pcm.length - 100; at += 4777) {
            for (int i = 0; i < 40; i++) {
                pcm[at + i] = (short) (i % 2 == 0 ? 20000 : -20000);
            }
        }
        assertThat(spoken(pcm, 0, 250)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-30, 0", "0, 100", "-12, 20", "0, 400"})
    void findsWhereSpeechBeginsAndEnds(double gainDb, double noise) {
        Wav wav = Speech.wav("slt-turn-on-the-kitchen-light");
        short[] speech = Speech.gain(wav.samples(), gainDb);
        short[] pcm = noise(SECOND + speech.length + SECOND, noise, 7);
        for (int i = 0; i < speech.length; i++) {
            pcm[SECOND + i] += speech[i];
        }
        int start = 50;
        int end = start + speech.length / 320;
        assertThat(spoken(pcm, 0, start)).isZero();
        // Pauses inside of words included, most of it is speech, and none of it is far from speech.
        assertThat(spoken(pcm, start, end)).isGreaterThan((end - start) * (noise > 200 ? 2 : 3) / 5);
        assertThat(spoken(pcm, end + 10, end + 50)).isZero();
        assertThat(longestGap(pcm, start + 10, end - 15)).isLessThan(18);
    }

    @Test
    void hearsTheNextTurnAsWellAsTheFirst() {
        Wav wav = Speech.wav("rms-what-is-twelve-times-three");
        short[] pcm = noise(20 * SECOND, 20, 8);
        for (int turn = 0; turn < 4; turn++) {
            for (int i = 0; i < wav.samples().length; i++) {
                pcm[SECOND + turn * 4 * SECOND + i] += wav.samples()[i];
            }
        }
        for (int turn = 0; turn < 4; turn++) {
            assertThat(spoken(pcm, 50 + turn * 200, 50 + turn * 200 + wav.samples().length / 320))
                    .isGreaterThan(50);
        }
    }

    private static int spoken(short[] pcm, int from, int to) {
        float[] probability = probabilities(pcm);
        int count = 0;
        for (int frame = from; frame < to; frame++) {
            count += probability[frame] > 0.5f ? 1 : 0;
        }
        return count;
    }

    private static int longestGap(short[] pcm, int from, int to) {
        float[] probability = probabilities(pcm);
        int longest = 0;
        int gap = 0;
        for (int frame = from; frame < to; frame++) {
            gap = probability[frame] > 0.5f ? 0 : gap + 1;
            longest = Math.max(longest, gap);
        }
        return longest;
    }

    private static float[] probabilities(short[] pcm) {
        SpeechDetector detector = new EnergyDetector();
        float[] all = new float[pcm.length / SpeechDetector.FRAME];
        for (int frame = 0; frame < all.length; frame++) {
            all[frame] = detector.accept(pcm, frame * SpeechDetector.FRAME);
            assertThat(all[frame]).isBetween(0f, 1f);
        }
        return all;
    }

    private static short[] noise(int length, double level, long seed) {
        Random random = new Random(seed);
        short[] pcm = new short[length];
        for (int i = 0; i < length; i++) {
            pcm[i] = (short) Math.clamp(Math.round(level * random.nextGaussian()), -32768, 32767);
        }
        return pcm;
    }
}
