package dev.parley.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.benchmarks.peer.Finding;
import dev.parley.benchmarks.peer.Installation;
import dev.parley.benchmarks.peer.PeerKind;
import dev.parley.benchmarks.peer.Relay;
import dev.parley.benchmarks.wire.JsonLines;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** The bench at its smallest, with its processes. */
@Timeout(300)
class BenchTest {
    @TempDir
    private Path folder;

    /** How the command ended. */
    private record Ended(int code, String out, String err) {}

    @Test
    void measuresTheGatewayAndLosesNothing() throws Exception {
        Path json = folder.resolve("rounds.json");
        Ended ended = run(
                BenchTest::gateway,
                "--quick --peers none --sessions 5 --seconds 1 --flood-sessions 2 --in-flight 2 --idle-sessions 10"
                        + " --open-sessions 10 --slow-megabytes 4 --payload 800 --json " + json);
        assertThat(ended.out()).doesNotContain("fault:");
        assertThat(ended.code()).isZero();
        JsonNode results = JsonLines.JSON.readTree(Files.readString(json));
        assertThat(results.path("losses").path("PARLEY").intValue(-1)).isZero();
        assertThat(results.path("samples").findValuesAsString("figure"))
                .contains("PACED_CPU", "ADDED_P99", "FLOOD_RATE", "OPEN_CPU", "START_TIME", "IDLE_MEMORY", "SLOW_SENT");
    }

    @ParameterizedTest
    @CsvSource({"drop,lost on the way to the client", "alter,altered", "double,out of order"})
    void noticesWhatAProviderDoesWrong(String fault, String said) {
        Ended ended = run(
                BenchTest::absent,
                "--quick --peers none --only flood --sessions 1 --flood-sessions 2 --in-flight 50 --open-sessions 1"
                        + " --payload 100 --fault " + fault);
        assertThat(ended.out()).contains("fault: round 1, flood, direct: events ", said);
        assertThat(ended.code()).isEqualTo(1);
    }

    @Test
    void saysWhichRelayDoesNotStart() {
        Ended ended = run(BenchTest::broken, "--quick --peers none --only start");
        assertThat(ended.out()).contains("fault: round 1, start, parley: it ended at once; it wrote:", "NoSuchClass");
        assertThat(ended.code()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "--rounds 0,--rounds is 0; it can be 1 to 100",
        "--only speed,--only has no 'speed'. It has paced",
        "--peers nginx,--peers has no 'nginx'. It has haproxy",
        "--quick --scale,exclude each other",
        "--fault burn,--fault has no 'burn'",
        "--quick --json /nowhere/at/all.json,/nowhere/at/all.json cannot be written",
        "--nonsense,Unknown option"
    })
    void refusesWhatItCannotDo(String line, String said) {
        Ended ended = run(BenchTest::absent, line);
        assertThat(ended.err()).contains(said);
        assertThat(ended.code()).isEqualTo(2);
    }

    private static Finding gateway(PeerKind kind) {
        return found(kind, "dev.parley.server.Parley");
    }

    private static Finding broken(PeerKind kind) {
        return found(kind, "dev.parley.NoSuchClass");
    }

    private static Finding absent(PeerKind kind) {
        return new Finding.Absent(kind, "not wanted here");
    }

    private static Finding found(PeerKind kind, String main) {
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                main);
        return new Finding.Found(new Relay(
                kind, "under test", (port, provider, sessions, files) -> Installation.gateway(java, port, provider)));
    }

    private static Ended run(Function<PeerKind, Finding> installed, String line) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = BenchCommand.commandLine(new BenchCommand(installed))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err));
        int code = command.execute(line.split(" "));
        return new Ended(code, out.toString(), err.toString());
    }
}
