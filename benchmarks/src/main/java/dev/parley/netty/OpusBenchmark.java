package dev.parley.netty;

import dev.parley.audio.FrameCodec;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** 20 ms of something like a vowel into a packet of Opus, and out of one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class OpusBenchmark {
    private static final int PACKETS = 100;

    private final FrameCodec codec = FrameCodec.of("audio/opus").orElseThrow();
    private final FrameCodec.Encoder encoder = codec.encoder();
    private final FrameCodec.Decoder decoder = codec.decoder();
    private final short[][] sound = new short[PACKETS][FrameCodec.SAMPLES];
    private final byte[][] packets = new byte[PACKETS][];
    private int next;

    /** Makes two seconds of sound and its packets. */
    @Setup
    public void prepare() {
        FrameCodec.Encoder before = codec.encoder();
        for (int i = 0; i < PACKETS; i++) {
            for (int k = 0; k < FrameCodec.SAMPLES; k++) {
                sound[i][k] = voice((double) (i * FrameCodec.SAMPLES + k) / FrameCodec.HERTZ);
            }
            packets[i] = before.encode(sound[i]);
        }
    }

    private static short voice(double seconds) {
        double phase = 2 * Math.PI * 140 * seconds - 20 * Math.cos(2 * Math.PI * 1.5 * seconds);
        double sum = 0;
        for (int harmonic = 1; harmonic <= 40; harmonic++) {
            sum += Math.sin(harmonic * phase + harmonic * harmonic) / harmonic;
        }
        return (short) (sum * 4_000 * (0.6 + 0.4 * Math.sin(2 * Math.PI * 4 * seconds)));
    }

    /** One packet of a stream. */
    @Benchmark
    public byte[] encode() {
        next = (next + 1) % PACKETS;
        return encoder.encode(sound[next]);
    }

    /** One packet of a stream, with the change from 48 to 24 kHz. */
    @Benchmark
    public short[] decode() {
        next = (next + 1) % PACKETS;
        return decoder.decode(packets[next]);
    }
}
