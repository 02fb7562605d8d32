package dev.parley.netty;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What tells that 3.3 KB of text are UTF-8: a look for high bytes, and the whole check where there is one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Utf8Benchmark {
    private final byte[] ascii = Wire.bytes(Wire.APPEND);
    private final byte[] mixed = Wire.bytes("a\u00e9\u20ac\ud83d\ude00".repeat(330));

    /** Audio: all is ASCII. */
    @Benchmark
    public boolean highBytes() {
        return Octets.ascii(ascii, 0, ascii.length);
    }

    /** Characters of one to four bytes. */
    @Benchmark
    public boolean check() {
        return Utf8.valid(mixed, 0, mixed.length);
    }
}
