package dev.parley.local;

import dev.parley.RealtimeException;
import dev.parley.local.decoder.GrammarException;
import dev.parley.local.decoder.Phrases;
import dev.parley.local.mind.ChatMind;
import dev.parley.local.mind.DemoMind;
import dev.parley.local.mind.Intents;
import dev.parley.local.mind.Responder;
import dev.parley.local.speech.Ears;
import dev.parley.local.speech.EnergyDetector;
import dev.parley.local.speech.GrammarEars;
import dev.parley.local.speech.MaryVoice;
import dev.parley.local.speech.SpeechModels;
import dev.parley.local.speech.VoskEars;
import dev.parley.local.work.Parts;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.function.Supplier;

/** Loads the parts that the options ask for. */
final class LocalParts {
    private static final Duration CHAT_PATIENCE = Duration.ofSeconds(30);

    private LocalParts() {}

    /** Takes seconds. */
    static Parts load(LocalOptions options, SpeechModels.Progress progress) {
        Intents intents = new Intents(options.phrases());
        Supplier<Ears> ears = () -> GrammarEars.of(
                intents.grammar(),
                options.phrases().pronunciations(),
                GrammarEars.Rejection.standard(),
                GrammarEars.Limits.standard());
        Path vosk = options.voskModel().orElse(null);
        if (vosk != null) {
            ears = () -> VoskEars.load(vosk);
        }
        SpeechModels models = SpeechModels.load(ears, MaryVoice::load, progress);
        return new Parts(EnergyDetector::new, models.ears(), mind(options, intents), models.voice());
    }

    /**
     * The options, once it is sure that the ears know all words of the application's phrases.
     *
     * @throws RealtimeException.InvalidConfig naming those that they do not
     */
    static LocalOptions checked(LocalOptions options) {
        if (options.voskModel().isPresent() || options.phrases().isEmpty()) {
            return options;
        }
        try {
            Phrases.check(
                    new Intents(options.phrases()).grammar(), options.phrases().pronunciations());
            return options;
        } catch (GrammarException e) {
            throw new RealtimeException.InvalidConfig("the phrasebook cannot be heard: " + e.getMessage()
                    + " (in the phrasebook: a line such as 'parley /P AA R L IY/')");
        }
    }

    private static Responder mind(LocalOptions options, Intents intents) {
        return options.chat()
                .<Responder>map(chat ->
                        new ChatMind(chat.url(), chat.model(), chat.key().orElse(null), CHAT_PATIENCE))
                .orElseGet(() -> new DemoMind(Clock.system(ZoneId.systemDefault()), intents));
    }
}
