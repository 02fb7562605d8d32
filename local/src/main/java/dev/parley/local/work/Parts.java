package dev.parley.local.work;

import dev.parley.local.mind.Responder;
import dev.parley.local.speech.Ears;
import dev.parley.local.speech.SpeechDetector;
import dev.parley.local.speech.Synthesizer;
import java.util.function.Supplier;

/**
 * The four parts that a session is made of; all else is protocol.
 *
 * @param detectors makes a session's detector
 */
public record Parts(Supplier<SpeechDetector> detectors, Ears ears, Responder responder, Synthesizer synthesizer)
        implements AutoCloseable {
    @Override
    public void close() {
        try (ears;
                synthesizer) {
            responder.close();
        }
    }
}
