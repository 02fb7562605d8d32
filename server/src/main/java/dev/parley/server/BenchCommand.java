package dev.parley.server;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code parley bench}, as far as it is known here: a program of its own, which the launcher runs instead of this one. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Measure the gateway beside its peers; './parley bench --help' of a source tree tells more.")
final class BenchCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw CommandException.usage("the bench runs from a source tree of Parley only: ./parley bench");
    }
}
