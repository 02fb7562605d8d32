package dev.parley.server.talk;

import dev.parley.audio.Wav;
import dev.parley.protocol.Json;
import dev.parley.server.CommandException;
import dev.parley.server.Environment;
import dev.parley.server.ExitCode;
import dev.parley.server.Screen;
import dev.parley.server.Version;
import dev.parley.server.call.Clip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code parley talk}: a client that speaks recordings, texts or what a microphone hears. */
@Command(
        name = "talk",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Talk to a gateway: with recordings, in writing, or by microphone. Shows what both sides say and"
                + " measures how soon the answers begin.",
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  OPENAI_API_KEY   sent only where --url is wss://api.openai.com/…",
            "  PARLEY_URL       as --url",
            "  NO_COLOR         set, there are no colours",
            "  PARLEY_LOG       log level: warn (default), info, debug"
        })
public final class TalkCommand implements Callable<Integer> {
    private static final String DEFAULT_URL = "ws://127.0.0.1:8080/v1/realtime";

    private final Environment environment;

    @ArgGroup(multiplicity = "0..*")
    private final List<Said> said = new ArrayList<>();

    @Option(names = "--mic", description = "Talk by microphone and loudspeaker, until Ctrl-C. Best with headphones.")
    private boolean microphone;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The gateway; by default " + DEFAULT_URL + ". Paths ending in /realtime with or without"
                    + " the envelope will do.")
    private Optional<String> url = Optional.empty();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write the call as a stereo WAV: left the caller, right the answers.")
    private @Nullable Path out;

    @Option(names = "--play", description = "Play the answers aloud.")
    private boolean play;

    @Option(names = "--voice", paramLabel = "NAME", description = "The voice that answers, such as marin.")
    private Optional<String> voice = Optional.empty();

    @Option(names = "--instructions", paramLabel = "TEXT", description = "What the model is told about its task.")
    private Optional<String> instructions = Optional.empty();

    @Option(names = "--model", paramLabel = "NAME", description = "The model that answers.")
    private Optional<String> model = Optional.empty();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long an answer may take; ${DEFAULT-VALUE} by default.")
    private int timeout;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli's to set
    private CommandSpec spec;

    /** The command, in surroundings. */
    public TalkCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (microphone != said.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "Say something: with --wav FILE, with --text TEXT, or else with --mic");
        }
        if (timeout < 1) {
            throw new ParameterException(spec.commandLine(), "--timeout is " + timeout + "; it must be 1 or more");
        }
        checkOut();
        Target target = Target.of(url.or(() -> environment.get("PARLEY_URL")).orElse(DEFAULT_URL), model, environment);
        List<Turn> turns = said.stream().map(TalkCommand::turn).toList();
        Screen screen = new Screen(spec.commandLine().getOut(), environment.colours());
        Talk talk = new Talk(screen, target, session(), Duration.ofSeconds(timeout), microphone || play);
        if (microphone) {
            talk.byMicrophone(out);
        } else {
            talk.say(turns, out);
        }
        return ExitCode.OK;
    }

    private void checkOut() {
        if (out != null) {
            Path folder = out.toAbsolutePath().getParent();
            if (Files.isDirectory(out) || folder == null || !Files.isWritable(folder)) {
                throw CommandException.usage("--out: " + out + " cannot be written");
            }
        }
    }

    private static Turn turn(Said said) {
        return said.wav != null ? new Turn.Spoken(read(said.wav)) : new Turn.Written(String.valueOf(said.text));
    }

    private static Clip read(Path file) {
        try {
            return Clip.of(Wav.read(file), String.valueOf(file.getFileName()));
        } catch (IOException e) {
            throw CommandException.usage("--wav: " + file + (Files.exists(file) ? " cannot be read" : " is not there"));
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("--wav: " + e.getMessage());
        }
    }

    private ObjectNode session() {
        ObjectNode session = Json.object().put("type", "realtime");
        instructions.ifPresent(text -> session.put("instructions", text));
        ObjectNode audio = session.putObject("audio");
        audio.putObject("input").putObject("transcription").put("model", "gpt-transcribe");
        voice.ifPresent(name -> audio.putObject("output").put("voice", name));
        return session;
    }

    /** What is said in one turn. */
    sealed interface Turn {
        /** A recording. */
        record Spoken(Clip clip) implements Turn {}

        /** A text. */
        record Written(String text) implements Turn {}
    }
}
