package dev.parley.server.doctor;

import dev.parley.server.Environment;
import dev.parley.server.ExitCode;
import dev.parley.server.Screen;
import dev.parley.server.Screen.Style;
import dev.parley.server.Version;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parley doctor}: one line a check, with what to do. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Check what Parley needs, and say what to do. Ends with 0 if nothing failed; warnings do not count.",
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  OPENAI_API_KEY, OPENAI_BASE_URL, GEMINI_API_KEY, GOOGLE_API_KEY, GOOGLE_GEMINI_BASE_URL,",
            "  GOOGLE_CLOUD_PROJECT, GOOGLE_APPLICATION_CREDENTIALS",
            "             whether they are set is told, what they hold is not",
            "  NO_COLOR   set, there are no colours"
        })
public final class DoctorCommand implements Callable<Integer> {
    private final Environment environment;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "The port that is to be free; ${DEFAULT-VALUE} by default.")
    private int port;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli's to set
    private CommandSpec spec;

    /** The command, in surroundings. */
    public DoctorCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Screen screen = new Screen(spec.commandLine().getOut(), environment.colours());
        List<Finding.Check> checks = List.of(
                Machine::java,
                Machine::memory,
                Machine::folder,
                () -> Network.transport(environment),
                () -> Network.port(port),
                () -> Network.openai(environment),
                () -> Network.gemini(environment),
                () -> Network.vertex(environment),
                Sound::microphone,
                Sound::loudspeaker);
        boolean failed = false;
        for (Finding.Check check : checks) {
            Finding finding = check.look();
            show(finding, screen);
            failed |= finding.verdict() == Finding.Verdict.FAIL;
        }
        return failed ? ExitCode.FAILED : ExitCode.OK;
    }

    private static void show(Finding finding, Screen screen) {
        Style style =
                switch (finding.verdict()) {
                    case OK -> Style.GREEN;
                    case WARN -> Style.YELLOW;
                    case FAIL -> Style.RED;
                };
        String verdict =
                String.format(Locale.ROOT, "%-4s", finding.verdict().name().toLowerCase(Locale.ROOT));
        screen.line(screen.styled(style, verdict) + "  " + String.format(Locale.ROOT, "%-13s", finding.subject())
                + finding.text());
    }
}
