package dev.parley.browser;

import dev.parley.audio.Wav;
import dev.parley.server.call.Clip;
import dev.parley.server.call.Line;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Something to say.
 *
 * @param samples 16-bit mono at {@value #HERTZ} Hz; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Speech(short[] samples) {
    static final int HERTZ = Line.HERTZ;

    /** "What is twelve times three": the answer is thirty-six. */
    public static final String SUM = "slt-what-is-twelve-times-three";
    /** "Turn on the kitchen light". */
    public static final String LIGHT = "slt-turn-on-the-kitchen-light";

    /** A recording of the demo by its name, such as {@link #SUM}. */
    public static Speech of(String name) {
        try (InputStream in = Clip.class.getResourceAsStream("/dev/parley/server/demo/" + name + ".wav")) {
            if (in == null) {
                throw new IllegalArgumentException("there is no recording " + name);
            }
            return new Speech(Clip.of(Wav.read(in, name), name).samples());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A loud tone: for providers that tell speech by loudness alone, which have its beginning and end to the millisecond. */
    public static Speech tone(int millis) {
        short[] samples = new short[millis * HERTZ / 1000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (6000 * Math.sin(2 * Math.PI * 300 * i / HERTZ));
        }
        return new Speech(samples);
    }

    /** The same with silence around it. */
    public Speech within(int beforeMillis, int afterMillis) {
        int before = beforeMillis * HERTZ / 1000;
        short[] longer = new short[before + samples.length + afterMillis * HERTZ / 1000];
        System.arraycopy(samples, 0, longer, before, samples.length);
        return new Speech(longer);
    }

    /** How long it takes to say. */
    public long millis() {
        return samples.length * 1000L / HERTZ;
    }

    /** As a WAV file's content. */
    public byte[] wav() {
        return Wav.encode(HERTZ, 1, Arrays.copyOf(samples, samples.length), samples.length);
    }
}
