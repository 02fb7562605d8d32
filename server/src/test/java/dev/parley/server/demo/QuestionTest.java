package dev.parley.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.audio.Resampler;
import dev.parley.local.mind.Intents;
import dev.parley.local.speech.GrammarEars;
import dev.parley.local.speech.GrammarEars.Limits;
import dev.parley.local.speech.GrammarEars.Rejection;
import dev.parley.local.speech.Transcriber;
import dev.parley.local.speech.Transcript;
import dev.parley.server.call.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuestionTest {
    private static final int EAR_HERTZ = 16_000;

    /**
     * In a turn as the gateway would cut it, wherever the frames' edges fall, at half the volume too, and by ears that are
     * harder to please than the gateway's.
     */
    @Test
    void everyRecordingIsUnderstood() {
        List<String> wrong = new ArrayList<>();
        Random random = new Random(1);
        try (GrammarEars ears =
                GrammarEars.of(Intents.DEMO.grammar(), Map.of(), new Rejection(-1f, 25f, -3.5f), Limits.standard())) {
            for (Question question : Question.all()) {
                for (double gain : new double[] {1, 0.8, 0.5}) {
                    Transcript heard = hear(ears, turn(question, gain, random));
                    if (!heard.equals(new Transcript(question.text().replace("what's", "what is"), true))) {
                        wrong.add(question.file() + " at " + gain + ": " + heard);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static short[] turn(Question question, double gain, Random random) {
        short[] said = question.clip().samples();
        int before = 7200 + random.nextInt(960);
        short[] turn = new short[before + said.length + 12_000];
        for (int i = 0; i < said.length; i++) {
            turn[before + i] = (short) (said[i] * gain);
        }
        Resampler narrower = new Resampler(Line.HERTZ, EAR_HERTZ);
        short[] out = new short[narrower.maxOutput(turn.length)];
        return java.util.Arrays.copyOf(out, narrower.process(turn, 0, turn.length, out, 0));
    }

    private static Transcript hear(GrammarEars ears, short[] pcm) {
        try (Transcriber transcriber = ears.listen()) {
            transcriber.accept(pcm, 0, pcm.length);
            return transcriber.finish();
        }
    }
}
