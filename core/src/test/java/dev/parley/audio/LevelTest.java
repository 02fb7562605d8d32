package dev.parley.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LevelTest {
    @Test
    void aSineAtFullScaleIsTheReference() {
        short[] sine = new short[8000];
        for (int i = 0; i < sine.length; i++) {
            sine[i] = (short) Math.round(32_767 * Math.sin(2 * Math.PI * 1000 * i / 8000));
        }
        assertThat(Level.of(sine).rms()).isCloseTo(0, within(0.01));
        assertThat(Level.of(sine).peak()).isCloseTo(0, within(0.01));
    }

    @Test
    void halfTheAmplitudeIsSixDecibelsLess() {
        Level level = new Level();
        short[] square = new short[100];
        Arrays.fill(square, (short) -16_384);
        level.add(square, 0, 50);
        level.add(square, 50, 100);
        assertThat(level.peak()).isCloseTo(-6.02, within(0.01));
        assertThat(level.rms()).isCloseTo(-3.01, within(0.01));
    }

    @Test
    void silenceHasAnEnd() {
        assertThat(new Level().rms()).isEqualTo(Level.SILENCE);
        assertThat(Level.of(new short[10]).rms()).isEqualTo(Level.SILENCE);
        assertThat(Level.of(new short[10]).peak()).isEqualTo(Level.SILENCE);
        assertThat(Level.of(new short[] {Short.MIN_VALUE}).peak()).isZero();
    }
}
