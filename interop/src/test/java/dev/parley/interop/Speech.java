package dev.parley.interop;

import dev.parley.audio.Resampler;
import dev.parley.audio.Wav;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Recorded questions as a microphone would send them: 16-bit little-endian mono at 24,000 Hz, in frames of 100 ms. */
final class Speech {
    static final String QUESTION = "slt-what-is-twelve-times-three.wav";

    private static final int HERTZ = 24_000;
    private static final int FRAME = HERTZ / 10;
    private static final String FOLDER = "/dev/parley/server/demo/";

    private Speech() {}

    /** A recording of the demo, with 300 ms of near silence before it and 1,200 ms behind it. */
    static List<byte[]> frames(String name) {
        short[] spoken = samples(name);
        int before = 3 * FRAME;
        int total = Math.ceilDiv(before + spoken.length + 12 * FRAME, FRAME) * FRAME;
        Random noise = new Random(1);
        List<byte[]> frames = new ArrayList<>();
        for (int from = 0; from < total; from += FRAME) {
            byte[] frame = new byte[2 * FRAME];
            for (int i = 0; i < FRAME; i++) {
                int at = from + i - before;
                int sample = at >= 0 && at < spoken.length ? spoken[at] : (int) (3 * noise.nextGaussian());
                frame[2 * i] = (byte) sample;
                frame[2 * i + 1] = (byte) (sample >> 8);
            }
            frames.add(frame);
        }
        return frames;
    }

    private static short[] samples(String name) {
        try (InputStream in = Speech.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no recording " + name);
            }
            Wav wav = Wav.read(in, name);
            Resampler resampler = new Resampler(wav.hertz(), HERTZ);
            short[] out = new short[resampler.maxOutput(wav.samples().length) + resampler.maxFlush()];
            int length = resampler.process(wav.samples(), 0, wav.samples().length, out, 0);
            length += resampler.flush(out, length);
            return Arrays.copyOf(out, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
