package dev.parley.netty;

import dev.parley.audio.Resampler;
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

/** 20 ms of audio from one rate to another. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ResamplerBenchmark {
    /** From and to, in Hz. */
    @Param({"24000-16000", "24000-8000", "8000-24000", "16000-24000"})
    public String rates = "24000-16000";

    private Resampler resampler = new Resampler(24_000, 16_000);
    private short[] in = {};
    private short[] out = {};

    /** Makes the audio: a sawtooth. */
    @Setup
    public void prepare() {
        int from = Integer.parseInt(rates.substring(0, rates.indexOf('-')));
        int to = Integer.parseInt(rates.substring(rates.indexOf('-') + 1));
        resampler = new Resampler(from, to);
        in = new short[from / 50];
        for (int i = 0; i < in.length; i++) {
            in[i] = (short) (i * 251);
        }
        out = new short[resampler.maxOutput(in.length)];
    }

    /** One block of a stream. */
    @Benchmark
    public int process() {
        return resampler.process(in, 0, in.length, out, 0);
    }
}
