package dev.parley.netty;

import dev.parley.dialect.BinaryAudio;
import dev.parley.dialect.Dialect;
import dev.parley.dialect.PlainDialect;
import dev.parley.protocol.AudioEvent;
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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** 50 ms of 24 kHz audio between a client's message and an event: by {@code parley.binary}, and as JSON. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BinaryAudioBenchmark {
    /** Whether audio is in binary messages. */
    @Param({"true", "false"})
    public boolean binary;

    private final Dialect plain = new PlainDialect();
    private final Dialect audio = new BinaryAudio(plain);
    private final Bytes delta = Bytes.of(Wire.bytes(Wire.DELTA));
    private final Bytes append = Bytes.of(Wire.bytes(Wire.APPEND));
    private final Bytes message = input();
    private final EventScanner scanner = new EventScanner();
    private final Ear ear = new Ear();

    private static Bytes input() {
        byte[] decoded = ((AudioEvent) new EventScanner().scan(Bytes.of(Wire.bytes(Wire.APPEND)))).audio();
        byte[] message = new byte[4 + decoded.length];
        message[0] = 1;
        System.arraycopy(decoded, 0, message, 4, decoded.length);
        return Bytes.of(message);
    }

    /** A client's message into an event. */
    @Benchmark
    public int inbound() {
        if (binary) {
            audio.binary(message, ear::event);
        } else {
            plain.inbound(append, ear::event);
        }
        return ear.told;
    }

    /** A delta into a client's message, its scan included. */
    @Benchmark
    public int outbound() {
        (binary ? audio : plain).outbound(scanner.scan(delta), ear);
        return ear.told;
    }

    /** Counts bytes. */
    private static final class Ear implements Dialect.Messages {
        private int told;

        private void event(Event event) {
            told += event.wire().length();
        }

        @Override
        public void text(Bytes text) {
            told += text.length();
        }

        @Override
        public void binary(Bytes bytes) {
            told += bytes.length();
        }
    }
}
