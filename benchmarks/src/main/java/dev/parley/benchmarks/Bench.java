package dev.parley.benchmarks;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** The {@code bench} command's process. */
public final class Bench {
    private Bench() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) throws URISyntaxException {
        System.exit(BenchCommand.commandLine(home()).execute(args));
    }

    /** Parley's folder, in which this program lies as benchmarks/target/parley-benchmarks.jar. */
    private static Path home() throws URISyntaxException {
        Path here = Path.of(
                Bench.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return here.resolve("../../..").toAbsolutePath().normalize();
    }
}
