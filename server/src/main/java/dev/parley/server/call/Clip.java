package dev.parley.server.call;

import dev.parley.audio.Resampler;
import dev.parley.audio.Wav;
import java.util.Arrays;

/**
 * Recorded speech, ready to be sent.
 *
 * @param name such as the file's name
 * @param samples 16-bit mono at {@value Line#HERTZ} Hz; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Clip(String name, short[] samples) {
    /** A recording at the line's rate. */
    public static Clip of(Wav wav, String name) {
        Resampler resampler = new Resampler(wav.hertz(), Line.HERTZ);
        short[] out = new short[resampler.maxOutput(wav.samples().length) + resampler.maxFlush()];
        int length = resampler.process(wav.samples(), 0, wav.samples().length, out, 0);
        length += resampler.flush(out, length);
        return new Clip(name, Arrays.copyOf(out, length));
    }

    /** How long it plays, in ms. */
    public long millis() {
        return samples.length * 1000L / Line.HERTZ;
    }
}
