package dev.parley.browser;

import dev.parley.audio.Resampler;
import dev.parley.local.speech.GrammarEars;
import dev.parley.local.speech.GrammarEars.Limits;
import dev.parley.local.speech.GrammarEars.Rejection;
import dev.parley.local.speech.Transcriber;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Tells the words in a sound that was heard: whether an answer was spoken, and which. */
public final class Recognition {
    private static final int HERTZ = 16_000;

    /** Answers of the embedded provider's demo, right ones and wrong ones. */
    private static final String ANSWERS = """
            #JSGF V1.0;
            grammar answers;
            <ones> = one | two | three | four | five | six | seven | eight | nine;
            <below> = <ones> | ten | eleven | twelve | thirteen | fourteen | fifteen | sixteen | seventeen | eighteen
                | nineteen | (twenty | thirty | forty | fifty | sixty | seventy | eighty | ninety) [<ones>];
            <room> = kitchen | bedroom | living room | bathroom | hallway | office | garage | garden;
            public <answer> = <below> (plus | minus | times | divided by) <below> is <below>
                | the <room> light is (on | off)
                | the <room> light is (on | off) at <below> percent
                | sorry i did not understand that;
            """;

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static @Nullable GrammarEars ears;

    private Recognition() {}

    /** The words in a sound, in lower case; what is none of the demo's answers comes out as the one most like it. */
    public static String words(Heard heard) {
        Resampler narrower = new Resampler(heard.hertz(), HERTZ);
        short[] narrow = new short[narrower.maxOutput(heard.samples().length)];
        int length = narrower.process(heard.samples(), 0, heard.samples().length, narrow, 0);
        try (Transcriber transcriber = ears().listen()) {
            transcriber.accept(narrow, 0, length);
            return transcriber.finish().text();
        }
    }

    private static GrammarEars ears() {
        LOCK.lock();
        try {
            GrammarEars loaded = ears;
            if (loaded == null) {
                loaded = GrammarEars.of(ANSWERS, Map.of(), new Rejection(-2f, 25f, -8f), Limits.standard());
                ears = loaded;
            }
            return loaded;
        } finally {
            LOCK.unlock();
        }
    }
}
