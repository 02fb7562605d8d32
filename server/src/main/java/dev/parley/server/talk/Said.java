package dev.parley.server.talk;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** One turn, as the command line has it: a recording or a text. */
final class Said {
    @Option(
            names = "--wav",
            required = true,
            paramLabel = "FILE",
            description =
                    "Say a recording: PCM WAV, 8 to 48 kHz, mono or stereo. May be given several times, one turn each.")
    @Nullable
    Path wav;

    @Option(
            names = "--text",
            required = true,
            paramLabel = "TEXT",
            description = "Say something in writing. May be given several times and mixed with --wav.")
    @Nullable
    String text;
}
