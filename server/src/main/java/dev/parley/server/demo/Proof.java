package dev.parley.server.demo;

import dev.parley.audio.Level;
import dev.parley.audio.Resampler;
import dev.parley.local.speech.Ears;
import dev.parley.local.speech.GrammarEars;
import dev.parley.local.speech.Transcriber;
import dev.parley.local.speech.Transcript;
import dev.parley.server.call.Exchange;
import dev.parley.server.call.Line;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Proves an answer from what reached the caller: the question was heard right, the transcript of the answer is right, and
 * the same words are recognised again in its sound.
 */
final class Proof implements Judge {
    /** Sound of a cancelled answer that was under way already may still arrive for this long, in ms. */
    private static final long UNDER_WAY = 250;

    private static final int EAR_HERTZ = 16_000;
    /** Below this level in dBFS a recording is silent. */
    static final double SILENT = -47;

    private final Ears ears;
    private final UnaryOperator<short[]> tamper;

    /**
     * A proof by these ears.
     *
     * @param tamper changes the sound of answers before it is heard, for tests of the proof itself
     */
    Proof(Ears ears, UnaryOperator<short[]> tamper) {
        this.ears = ears;
        this.tamper = tamper;
    }

    /** Ears that know {@link AnswerGrammar}. What they hear is judged by its words, so that they guess more than others. */
    static Ears ears(LocalTime now) {
        return GrammarEars.of(
                AnswerGrammar.jsgf(now),
                Map.of(),
                new GrammarEars.Rejection(-2f, 25f, -8f),
                GrammarEars.Limits.standard());
    }

    @Override
    public List<String> problems(Question question, Exchange exchange, List<String> endings) {
        List<String> problems = new ArrayList<>();
        if (!Speech.words(exchange.heard()).equals(Speech.words(question.text()))) {
            problems.add("the question was heard as '" + exchange.heard() + "'");
        }
        if (!exchange.status().equals("completed")) {
            problems.add("the response is '" + exchange.status() + "'");
        }
        if (endings.stream().noneMatch(ending -> Speech.endsWith(exchange.said(), ending))) {
            problems.add("the transcript is '" + exchange.said() + "', not '… " + endings.getFirst() + "'");
        }
        short[] sound = tamper.apply(exchange.audio());
        if (Level.of(sound).rms() < SILENT) {
            problems.add("the answer is silent");
            return problems;
        }
        Transcript again = recognise(sound);
        if (!again.understood() || endings.stream().noneMatch(ending -> Speech.endsWith(again.text(), ending))) {
            problems.add("its sound is recognised as '" + again.text() + "'" + (again.understood() ? "" : " at best")
                    + ", not '… " + endings.getFirst() + "'");
        }
        return problems;
    }

    @Override
    public List<String> problemsOfCutOff(Exchange exchange) {
        List<String> problems = new ArrayList<>();
        if (!exchange.interrupted()) {
            problems.add("the answer was not interrupted");
        } else if (!exchange.status().equals("cancelled")) {
            problems.add("the interrupted response is '" + exchange.status() + "', not 'cancelled'");
        } else if (exchange.audioAfterBargeInMillis() > UNDER_WAY) {
            problems.add("sound of it came for " + exchange.audioAfterBargeInMillis() + " ms more");
        }
        return problems;
    }

    @Override
    public String verdict() {
        return "came and are right";
    }

    Transcript recognise(short[] sound) {
        Resampler narrower = new Resampler(Line.HERTZ, EAR_HERTZ);
        short[] heard = new short[narrower.maxOutput(sound.length)];
        int length = narrower.process(sound, 0, sound.length, heard, 0);
        try (Transcriber transcriber = ears.listen()) {
            transcriber.accept(heard, 0, length);
            return transcriber.finish();
        }
    }
}
