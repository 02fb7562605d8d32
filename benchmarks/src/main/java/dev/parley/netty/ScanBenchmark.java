package dev.parley.netty;

import dev.parley.protocol.Bytes;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventScanner;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The scan of one message: audio with its type first and last, audio of a client, a small control event. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ScanBenchmark {
    /** Which message. */
    @Param({"DELTA", "DELTA_TYPE_LAST", "APPEND", "CONTROL"})
    public String message = "DELTA";

    private final EventScanner scanner = new EventScanner();
    private byte[] bytes = {};

    /** Chooses the message. */
    @Setup
    public void prepare() {
        bytes = Wire.bytes(
                switch (message) {
                    case "DELTA" -> Wire.DELTA;
                    case "DELTA_TYPE_LAST" -> Wire.DELTA_TYPE_LAST;
                    case "APPEND" -> Wire.APPEND;
                    case "CONTROL" -> Wire.CONTROL;
                    default -> throw new IllegalArgumentException(message);
                });
    }

    /** One message, on loan as from a socket. */
    @Benchmark
    public Event scan() {
        return scanner.scan(Bytes.lend(bytes, 0, bytes.length));
    }
}
