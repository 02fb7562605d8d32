package dev.parley.server.conformance;

import dev.parley.server.CommandException;
import dev.parley.server.Environment;
import dev.parley.server.ExitCode;
import dev.parley.server.Screen;
import dev.parley.server.Version;
import dev.parley.testkit.conformance.Conformance;
import dev.parley.testkit.conformance.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parley conformance}: replays recorded traffic through a gateway, and tells where it comes out otherwise. */
@Command(
        name = "conformance",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Replay recorded traffic through a gateway on this machine, with a fake provider behind it, and compare"
                    + " event by event, both ways, what arrives with what was sent.",
            "Ends with 0 only if nothing differs. Needs no key and no network. What was said is not printed."
        },
        footerHeading = "%nRecordings:%n",
        footer = {
            "  Every *.jsonl under the folder. One line is a message of the WebSocket,",
            "    {\"dir\": \"sent\" or \"recv\", \"kind\": \"message\", \"data\": {event}}",
            "  where 'sent' is client to provider, or an exchange over HTTP,",
            "    {\"request\": {...}, \"response\": {...}}",
            "  Traffic of another protocol, whose messages have no type, is told and is no difference."
        })
public final class ConformanceCommand implements Callable<Integer> {
    private final Environment environment;

    @Option(
            names = "--traces",
            paramLabel = "DIR",
            required = true,
            description = "The folder with the recordings; its folders are looked through, too.")
    private Path traces = Path.of(".");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli's to set
    private CommandSpec spec;

    /** The command, in surroundings. */
    public ConformanceCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        List<Path> files = files();
        Screen screen = new Screen(spec.commandLine().getOut(), environment.colours());
        Report report = new Report(
                screen,
                files.stream().mapToInt(f -> Recording.name(f).length()).max().orElse(0));
        for (Path file : files) {
            try {
                report.add(Conformance.check(Recording.read(file)));
            } catch (Recording.UnreadableException e) {
                report.addUnreadable(Recording.name(file), String.valueOf(e.getMessage()));
            }
        }
        return report.end() ? ExitCode.OK : ExitCode.FAILED;
    }

    private List<Path> files() {
        if (!Files.isDirectory(traces)) {
            throw CommandException.usage("--traces: there is no folder " + traces + "; name one that holds recordings");
        }
        try {
            List<Path> files = Recording.files(traces);
            if (files.isEmpty()) {
                throw CommandException.usage("--traces: there is no *.jsonl under " + traces
                        + "; name a folder that holds recordings. 'parley conformance --help' tells their format");
            }
            return files;
        } catch (IOException e) {
            throw CommandException.usage("--traces: " + traces + " cannot be read; check who may read it");
        }
    }
}
