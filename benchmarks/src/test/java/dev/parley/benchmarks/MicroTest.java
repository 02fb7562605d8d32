package dev.parley.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Each JMH benchmark runs, for a moment, so that none is found broken when it is wanted. */
class MicroTest {
    @Test
    void everyBenchmarkRuns() throws Exception {
        Options moment = new OptionsBuilder()
                .include("dev\\.parley\\.(netty|audio)\\..*")
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(5))
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build();
        Collection<RunResult> results = new Runner(moment).run();
        List<String> names = results.stream()
                .map(result -> result.getPrimaryResult().getLabel())
                .distinct()
                .toList();
        assertThat(names)
                .contains("scan", "read", "frame")
                .allSatisfy(name -> assertThat(name).isNotEmpty());
        assertThat(results)
                .allSatisfy(result ->
                        assertThat(result.getPrimaryResult().getScore()).isPositive());
    }
}
