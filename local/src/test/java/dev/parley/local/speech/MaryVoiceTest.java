package dev.parley.local.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.audio.Resampler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaryVoiceTest {
    private static MaryVoice voice;
    private static GrammarEars ears;

    @BeforeAll
    static void load() {
        List<String> steps = new ArrayList<>();
        SpeechModels models =
                SpeechModels.load(() -> GrammarEars.of(Speech.grammar()), MaryVoice::load, (step, took) -> {
                    synchronized (steps) {
                        steps.add(step);
                    }
                });
        assertThat(steps)
                .containsExactlyInAnyOrder("ears loaded", "voice loaded", "warmed up")
                .endsWith("warmed up");
        voice = (MaryVoice) models.voice();
        ears = (GrammarEars) models.ears();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"marin", "alloy", "ballad", "coral", "sage", "shimmer", "verse", "ash", "echo", "cedar", "nobody"
            })
    void isUnderstoodInEveryVoice(String name) {
        assertThat(heard(speak("Turn on the kitchen light.", name)).text()).isEqualTo("turn on the kitchen light");
        assertThat(heard(speak("What is 12 times 3?", name)).text()).isEqualTo("what is twelve times three");
    }

    @Test
    void givesTheVoicesDifferentSounds() {
        List<short[]> sounds = new ArrayList<>();
        for (String name :
                List.of("alloy", "ash", "ballad", "coral", "echo", "sage", "shimmer", "verse", "marin", "cedar")) {
            short[] sound = speak("Okay.", name);
            assertThat(sounds).noneMatch(other -> Arrays.equals(other, sound));
            sounds.add(sound);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\t ", "...", "\uD83D\uDE00", "\u4F60\u597D"})
    void saysNothingWhenThereIsNothingToSay(String text) {
        assertThat(speak(text, "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Caf\u00e9 cr\u00e8me, 3 \u20ac \uD83D\uDE00!", "It's 10:15 AM on 2026-03-03.", "x", "Hmm", "I",
                        "'tis rock 'n' roll's",
                "xkcd qwrtz", "a b c d e f", "<speak>&amp;</speak>", "Supercalifragilisticexpialidocious", "- - -a", "1"
            })
    void speaksAnything(String text) {
        assertThat(speak(text, "").length).isGreaterThan(1000);
    }

    @Test
    void speaksLongTextsPieceByPieceAndStopsWhenTold() {
        int[] chunks = {0};
        voice.speak(
                "This goes on and on, and there is no end to it at all. ".repeat(100),
                (pcm, offset, length) -> ++chunks[0] < 10);
        assertThat(chunks[0]).isEqualTo(10);
    }

    @Test
    void speaksTheSameOnManyThreads() throws Exception {
        List<String> sentences = List.of("Okay.", "It is ten fifteen.", "The light is on.", "What can I do for you?");
        List<short[]> alone =
                sentences.stream().map(sentence -> speak(sentence, "")).toList();
        List<Future<short[]>> together = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 4; round++) {
                for (String sentence : sentences) {
                    together.add(callers.submit(() -> speak(sentence, "")));
                }
            }
        }
        for (int i = 0; i < together.size(); i++) {
            assertThat(together.get(i).get()).isEqualTo(alone.get(i % alone.size()));
        }
    }

    @Test
    void saysWhenThereIsNoTurn() {
        MaryVoice busy = MaryVoice.load(0, Duration.ZERO);
        assertThatThrownBy(() -> busy.speak("Hello.", (pcm, offset, length) -> true))
                .isInstanceOf(SpeechException.class)
                .hasMessageContaining("overloaded")
                .hasMessageNotContaining("Hello");
        busy.close();
        assertThatThrownBy(() -> busy.speak("Hello.", (pcm, offset, length) -> true))
                .isInstanceOf(IllegalStateException.class);
    }

    private static short[] speak(String text, String name) {
        short[][] all = {new short[0]};
        voice.speak(text, name, (pcm, offset, length) -> {
            int at = all[0].length;
            all[0] = Arrays.copyOf(all[0], at + length);
            System.arraycopy(pcm, offset, all[0], at, length);
            return true;
        });
        return all[0];
    }

    private static Transcript heard(short[] wide) {
        Resampler resampler = new Resampler(24_000, 16_000);
        short[] pcm = new short[resampler.maxOutput(wide.length)];
        int length = resampler.process(wide, 0, wide.length, pcm, 0);
        try (Transcriber transcriber = ears.listen()) {
            transcriber.accept(pcm, 0, length);
            return transcriber.finish();
        }
    }
}
