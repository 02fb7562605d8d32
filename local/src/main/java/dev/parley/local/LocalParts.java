package dev.parley.local;

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
        Supplier<Ears> ears = () -> GrammarEars.of(Intents.grammar());
        Path vosk = options.voskModel().orElse(null);
        if (vosk != null) {
            ears = () -> VoskEars.load(vosk);
        }
        SpeechModels models = SpeechModels.load(ears, MaryVoice::load, progress);
        return new Parts(EnergyDetector::new, models.ears(), mind(options), models.voice());
    }

    private static Responder mind(LocalOptions options) {
        return options.chat()
                .<Responder>map(chat ->
                        new ChatMind(chat.url(), chat.model(), chat.key().orElse(null), CHAT_PATIENCE))
                .orElseGet(() -> new DemoMind(Clock.system(ZoneId.systemDefault())));
    }
}
