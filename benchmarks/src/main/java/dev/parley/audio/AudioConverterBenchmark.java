package dev.parley.audio;

import java.util.List;
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

/** 20 ms of audio from one coding to another. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AudioConverterBenchmark {
    /** From and to: a type behind {@code audio/}, and a rate in Hz. */
    @Param({
        "pcm:8000-pcm:16000",
        "pcm:8000-pcm:24000",
        "pcm:16000-pcm:8000",
        "pcm:16000-pcm:24000",
        "pcm:24000-pcm:8000",
        "pcm:24000-pcm:16000",
        "pcm:48000-pcm:24000",
        "pcm:24000-pcm:48000",
        "pcmu:8000-pcm:8000",
        "pcmu:8000-pcm:16000",
        "pcmu:8000-pcm:24000",
        "pcm:8000-pcmu:8000",
        "pcm:24000-pcmu:8000",
        "pcm:24000-pcma:8000",
        "pcmu:8000-pcma:8000"
    })
    public String way = "pcm:24000-pcm:16000";

    private AudioCoding from = new AudioCoding(AudioCoding.PCM, 24_000);
    private AudioCoding to = new AudioCoding(AudioCoding.PCM, 16_000);
    private AudioConverter converter = new AudioConverter(from, to);
    private byte[] frame = {};

    /** Makes the audio: noise that is the same each time. */
    @Setup
    public void prepare() {
        from = coding(way.substring(0, way.indexOf('-')));
        to = coding(way.substring(way.indexOf('-') + 1));
        converter = new AudioConverter(from, to);
        frame = new byte[from.hertz() / 50 * (from.type().equals(AudioCoding.PCM) ? 2 : 1)];
        for (int i = 0; i < frame.length; i++) {
            frame[i] = (byte) (i * 251 % 127);
        }
    }

    private static AudioCoding coding(String named) {
        int colon = named.indexOf(':');
        return new AudioCoding("audio/" + named.substring(0, colon), Integer.parseInt(named.substring(colon + 1)));
    }

    /** One frame of a stream. */
    @Benchmark
    public List<byte[]> frame() {
        return converter.convert(frame);
    }

    /** What a stream costs when it begins. */
    @Benchmark
    public AudioConverter begin() {
        return new AudioConverter(from, to);
    }
}
