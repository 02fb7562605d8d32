package dev.parley.local.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.local.decoder.GrammarException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrammarEarsTest {
    private static GrammarEars ears;

    @BeforeAll
    static void load() {
        ears = GrammarEars.of(Speech.grammar());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -6, -12, -18})
    void understandsFourVoicesAtAnyVolume(double gainDb) {
        for (String name : Speech.KNOWN) {
            short[] pcm = Speech.gain(Speech.wav(name).samples(), gainDb);
            assertThat(hear(ears, Speech.turn(pcm, 0))).as(name).isEqualTo(new Transcript(Speech.words(name), true));
        }
    }

    @Test
    void understandsThroughALittleNoise() {
        for (String name : Speech.KNOWN) {
            // Noise of level 60 is some 35 dB under these voices.
            assertThat(hear(ears, Speech.turn(Speech.wav(name).samples(), 60)).text())
                    .isEqualTo(Speech.words(name));
        }
    }

    @Test
    void understandsSpeechCutOffWithoutSilence() {
        for (String name : List.of("slt-turn-on-the-kitchen-light", "rms-what-is-twelve-times-three")) {
            assertThat(hear(ears, Speech.wav(name).samples()).text()).isEqualTo(Speech.words(name));
        }
    }

    @Test
    void rejectsWhatIsNotInTheGrammar() {
        for (String name : Speech.STRANGE) {
            assertThat(hear(ears, Speech.turn(Speech.wav(name).samples(), 0)).understood())
                    .as(name)
                    .isFalse();
        }
    }

    @Test
    void rejectsSilenceAndNoise() {
        assertThat(hear(ears, new short[16_000]).understood()).isFalse();
        assertThat(hear(ears, new short[100]).understood()).isFalse();
        assertThat(hear(ears, new short[0])).isEqualTo(Transcript.NOTHING);
        Random random = new Random(1);
        short[] noise = new short[32_000];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (short) (3000 * random.nextGaussian());
        }
        assertThat(hear(ears, noise).understood()).isFalse();
    }

    @Test
    void hearsManyUtterancesAtOnceAsWellAsOne() throws Exception {
        List<Future<Transcript>> heard = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 2; round++) {
                for (String name : Speech.KNOWN) {
                    heard.add(callers.submit(
                            () -> hear(ears, Speech.turn(Speech.wav(name).samples(), 0))));
                }
            }
        }
        for (int i = 0; i < heard.size(); i++) {
            assertThat(heard.get(i).get().text()).isEqualTo(Speech.words(Speech.KNOWN.get(i % Speech.KNOWN.size())));
        }
    }

    @Test
    void saysWhenThereIsNoTurn() {
        GrammarEars busy = GrammarEars.of(
                "#JSGF V1.0; grammar g; public <c> = stop;",
                Map.of(),
                GrammarEars.Rejection.standard(),
                new GrammarEars.Limits(0, Duration.ZERO, Duration.ofSeconds(30)));
        assertThatThrownBy(() -> hear(busy, new short[16_000]))
                .isInstanceOf(SpeechException.class)
                .hasMessageContaining("overloaded");
    }

    @Test
    void namesEveryWordWithoutPronunciation() {
        assertThatThrownBy(
                        () -> GrammarEars.of("#JSGF V1.0; grammar g; public <c> = stop | frobnicate the Parlay | 42;"))
                .isInstanceOf(GrammarException.class)
                .hasMessageContaining("42, Parlay, frobnicate");
    }

    @Test
    void takesPronunciationsOfTheCaller() {
        GrammarEars own = GrammarEars.of(
                "#JSGF V1.0; grammar g; public <c> = parley go | stopp | hello;",
                Map.of("parley", "P AA R L IY", "stopp", "S T AA P"),
                GrammarEars.Rejection.standard(),
                GrammarEars.Limits.standard());
        assertThat(hear(own, Speech.turn(Speech.wav("rms-stop").samples(), 0)))
                .isEqualTo(new Transcript("stopp", true));
        assertThatThrownBy(() -> GrammarEars.of(
                        "#JSGF V1.0; grammar g; public <c> = parley;",
                        Map.of("parley", "P AAA"),
                        GrammarEars.Rejection.standard(),
                        GrammarEars.Limits.standard()))
                .isInstanceOf(GrammarException.class)
                .hasMessageContaining("AAA");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public <c> = stop",
                "#JSGF V1.0; grammar g; public <c> = stop",
                "#JSGF V1.0; grammar g; <c> = stop;",
                "#JSGF V1.0; grammar g; public <c> = <d>;",
                "#JSGF V1.0; grammar g; public <c> = stop <c>;",
                "#JSGF V1.0; grammar g; public <c> = (stop;",
                "",
                "\u0000\u4F60"
            })
    void refusesAWrongGrammar(String jsgf) {
        assertThatThrownBy(() -> GrammarEars.of(jsgf)).isInstanceOf(GrammarException.class);
    }

    @Test
    void survivesAGrammarThatMayLoopOnNothing() {
        GrammarEars nasty = GrammarEars.of("#JSGF V1.0; grammar g; public <c> = ((stop* | help*)+)+;");
        assertThat(hear(nasty, Speech.turn(Speech.wav("rms-stop").samples(), 0)).text())
                .isEqualTo("stop");
    }

    @Test
    void endsAnUtteranceOnce() {
        Transcriber transcriber = ears.listen();
        transcriber.accept(new short[320], 0, 320);
        transcriber.cancel();
        transcriber.cancel();
        assertThatThrownBy(transcriber::finish).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> transcriber.accept(new short[320], 0, 320)).isInstanceOf(IllegalStateException.class);
    }

    private static Transcript hear(Ears by, short[] pcm) {
        try (Transcriber transcriber = by.listen()) {
            for (int at = 0; at < pcm.length; at += 320) {
                transcriber.accept(pcm, at, Math.min(320, pcm.length - at));
            }
            return transcriber.finish();
        }
    }
}
