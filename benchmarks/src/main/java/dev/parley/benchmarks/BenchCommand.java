package dev.parley.benchmarks;

import dev.parley.benchmarks.peer.Finding;
import dev.parley.benchmarks.peer.Installation;
import dev.parley.benchmarks.peer.PeerKind;
import dev.parley.benchmarks.peer.Relay;
import dev.parley.benchmarks.process.OpenFiles;
import dev.parley.benchmarks.report.Machine;
import dev.parley.benchmarks.report.Results;
import dev.parley.benchmarks.report.Table;
import dev.parley.benchmarks.wire.JsonLines;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code parley bench}: the gateway and its peers, measured beside each other in one run. */
@Command(
        name = "parley bench",
        mixinStandardHelpOptions = false,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Measure the gateway beside its peers in one run, and print one table: CPU for each event, added latency,"
                    + " memory, sessions opened, start, and what is lost, which has to be nothing.",
            "A provider, a load generator, the gateway and each peer run as processes on the loopback address."
        },
        footerHeading = "%nPeers, measured where they are found:%n",
        footer = {
            "  haproxy   the program 'haproxy' on the PATH, as a tunnel of one thread",
            "  hazeljs   @hazeljs/realtime; 'npm ci --prefix benchmarks/node' installs it",
            "  node      a plain relay on the package 'ws'; installed by the same command",
            "  tomcat    a plain relay on Tomcat and the JDK's WebSocket client; always there",
            "",
            "Exit code: 0; 1 if an event was lost or altered or something could not be measured; 2 for options that cannot"
                    + " be taken. docs/performance.md says what each figure means."
        })
final class BenchCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    private final Function<PeerKind, Finding> installed;

    @Mixin
    private PlanOptions options = new PlanOptions();

    @Option(names = "--json", paramLabel = "FILE", description = "Write every figure of every round.")
    private Optional<Path> json = Optional.empty();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    @SuppressWarnings("unused") // picocli reads it
    private boolean help;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli's to set
    private CommandSpec spec;

    /** The command, on a machine that has some peers. */
    BenchCommand(Function<PeerKind, Finding> installed) {
        this.installed = installed;
    }

    /** The command line for a Parley that lies in a folder. */
    static CommandLine commandLine(Path home) {
        Installation installation = new Installation(home, System.getenv());
        return commandLine(new BenchCommand(installation::find));
    }

    static CommandLine commandLine(BenchCommand command) {
        return new CommandLine(command).setExecutionExceptionHandler((problem, line, parsed) -> {
            line.getErr().println("parley: the bench could not go on: " + problem);
            line.getErr().flush();
            return FAILED;
        });
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Plan plan = plan();
        prepare();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        List<Relay> relays = new ArrayList<>();
        Map<PeerKind, String> versions = new EnumMap<>(PeerKind.class);
        Map<PeerKind, String> absent = new EnumMap<>(PeerKind.class);
        versions.put(PeerKind.DIRECT, "the provider itself, with nothing in between");
        for (PeerKind kind : kinds(plan)) {
            switch (installed.apply(kind)) {
                case Finding.Found found -> {
                    relays.add(found.relay());
                    versions.put(kind, found.relay().version());
                }
                case Finding.Absent missing -> absent.put(kind, missing.why());
            }
        }
        Ledger ledger = new Ledger();
        Path folder = Files.createTempDirectory("parley-bench");
        Thread signal = new Thread(() -> deleteIfPossible(folder), "bench-clean");
        Runtime.getRuntime().addShutdownHook(signal);
        try {
            new Rounds(plan, relays, ledger, err::println).run(folder);
        } finally {
            deleteIfPossible(folder);
        }
        Runtime.getRuntime().removeShutdownHook(signal);
        Results results = new Results(
                Machine.here(), plan.load(), versions, absent, ledger.samples(), ledger.losses(), ledger.faults());
        out.print(Table.of(results));
        out.flush();
        if (json.isPresent()) {
            Files.writeString(
                    json.get(), JsonLines.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(results));
        }
        return results.faults().isEmpty() ? 0 : FAILED;
    }

    /** Told before minutes of measuring rather than after them. */
    private void prepare() {
        if (json.isPresent()) {
            try {
                Files.writeString(json.get(), "");
            } catch (IOException e) {
                throw new ParameterException(
                        spec.commandLine(), "--json: the file " + json.get() + " cannot be written", e);
            }
        }
    }

    private Plan plan() {
        try {
            Plan plan = options.plan();
            OpenFiles.lack(plan.mostSessions()).ifPresent(lack -> {
                throw new PlanOptions.BadOption(lack);
            });
            return plan;
        } catch (PlanOptions.BadOption problem) {
            throw new ParameterException(spec.commandLine(), String.valueOf(problem.getMessage()), problem);
        }
    }

    private static List<PeerKind> kinds(Plan plan) {
        List<PeerKind> kinds = new ArrayList<>(List.of(PeerKind.PARLEY));
        kinds.addAll(plan.peers());
        return kinds;
    }

    /** What cannot be deleted, since it is gone or still written to, is left to the system. */
    private static void deleteIfPossible(Path folder) {
        try {
            delete(folder);
        } catch (IOException e) {
            // Logs of a run that is over.
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException problem) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
