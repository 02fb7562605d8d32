package dev.parley.local.decoder;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * The java.util.logging loggers sphinx4 writes cepstra and grammar statistics to, turned off one by one; the root logger
 * stays as the application set it. Its front end names loggers by bare class names, so those are listed.
 */
final class QuietLoggers {
    /** Held, because java.util.logging forgets the level of a logger that nobody holds. */
    private static final List<Logger> LOGGERS = Stream.of(
                    "edu.cmu.sphinx",
                    RuleGraph.class.getName(),
                    "BatchCMN",
                    "DeltasFeatureExtractor",
                    "Denoise",
                    "DiscreteCosineTransform2",
                    "DiscreteFourierTransform",
                    "Dither",
                    "FrontEnd",
                    "Lifter",
                    "MelFrequencyFilterBank",
                    "Preemphasizer",
                    "RaisedCosineWindower")
            .map(Logger::getLogger)
            .toList();

    private QuietLoggers() {}

    static void hush() {
        LOGGERS.forEach(logger -> logger.setLevel(Level.OFF));
    }
}
