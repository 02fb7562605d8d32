package dev.parley.local.speech;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.audio.Resampler;
import dev.parley.local.mind.Intents;
import dev.parley.local.phrase.Phrasebook;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Forty phrases of an application are heard, and cost nothing of what is heard without them. */
class PhrasebookEarsTest {
    private static SpeechModels models;

    @BeforeAll
    static void load() {
        Phrasebook book = Phrasebook.load("classpath:dev/parley/local/phrase/robot.phrases");
        models = SpeechModels.load(
                () -> GrammarEars.of(
                        new Intents(book).grammar(),
                        book.pronunciations(),
                        GrammarEars.Rejection.standard(),
                        GrammarEars.Limits.standard()),
                MaryVoice::load,
                (step, took) -> {});
    }

    @AfterAll
    static void close() {
        models.close();
    }

    @Test
    void hearsThePhrases() {
        for (String said : List.of(
                "open the gripper",
                "move twelve centimeters up",
                "turn the elbow ninety degrees to the left",
                "pick up the red one",
                "put the ball in the basket",
                "go to position four",
                "emergency stop",
                "set the speed to fifty percent",
                "start again at half past nine",
                "unlock with code four one five nine",
                "turn on the kitchen light")) {
            assertThat(hear(said)).isEqualTo(new Transcript(said, true));
        }
    }

    @Test
    void hearsTheDemosRecordingsAsBefore() {
        for (String name : Speech.KNOWN) {
            if (!name.startsWith("awb-will") && !name.startsWith("kal16-where")) {
                assertThat(hear(Speech.turn(Speech.wav(name).samples(), 0)))
                        .isEqualTo(new Transcript(Speech.words(name), true));
            }
        }
    }

    @Test
    void rejectsStrangeSpeechStill() {
        for (String name : Speech.STRANGE) {
            assertThat(hear(Speech.turn(Speech.wav(name).samples(), 0)).understood())
                    .as(name)
                    .isFalse();
        }
    }

    private static Transcript hear(String words) {
        try (Transcriber transcriber = models.ears().listen()) {
            Resampler narrower = new Resampler(Synthesizer.HERTZ, 16_000);
            models.voice().speak(words + ".", (samples, offset, length) -> {
                short[] heard = new short[narrower.maxOutput(length)];
                transcriber.accept(heard, 0, narrower.process(samples, offset, length, heard, 0));
                return true;
            });
            return transcriber.finish();
        }
    }

    private static Transcript hear(short[] pcm) {
        try (Transcriber transcriber = models.ears().listen()) {
            transcriber.accept(pcm, 0, pcm.length);
            return transcriber.finish();
        }
    }
}
