package dev.parley.server;

import dev.parley.local.LocalProvider;
import dev.parley.local.mind.Intents;
import dev.parley.local.mind.Responder;
import dev.parley.local.speech.Ears;
import dev.parley.local.speech.EnergyDetector;
import dev.parley.local.speech.GrammarEars;
import dev.parley.local.speech.MaryVoice;
import dev.parley.local.speech.SpeechModels;
import dev.parley.local.speech.Synthesizer;
import dev.parley.local.speech.Transcriber;
import dev.parley.local.work.Parts;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The embedded models, loaded once for all tests of a run. */
public final class LoadedModels {
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static @Nullable SpeechModels models;

    private LoadedModels() {}

    /** A provider of these models that thinks with this mind. Closing it leaves the models as they are. */
    public static LocalProvider provider(Responder mind) {
        SpeechModels loaded = models();
        Parts parts = new Parts(EnergyDetector::new, lent(loaded.ears()), mind, lent(loaded.voice()));
        return new LocalProvider(4, progress -> parts);
    }

    private static Ears lent(Ears ears) {
        return new Ears() {
            @Override
            public Transcriber listen() {
                return ears.listen();
            }

            @Override
            public boolean decidesAtEnd() {
                return ears.decidesAtEnd();
            }

            @Override
            public void close() {}
        };
    }

    private static Synthesizer lent(Synthesizer voice) {
        return new Synthesizer() {
            @Override
            public void speak(String sentence, String voiceName, Sink sink) {
                voice.speak(sentence, voiceName, sink);
            }

            @Override
            public void close() {}
        };
    }

    /** Not in a static initialiser: loading takes other threads, and those would wait for it to end. */
    private static SpeechModels models() {
        LOCK.lock();
        try {
            SpeechModels loaded = models;
            if (loaded == null) {
                loaded = SpeechModels.load(
                        () -> GrammarEars.of(Intents.DEMO.grammar()), MaryVoice::load, (step, took) -> {});
                models = loaded;
            }
            return loaded;
        } finally {
            LOCK.unlock();
        }
    }
}
