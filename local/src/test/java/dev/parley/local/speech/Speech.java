package dev.parley.local.speech;

import dev.parley.audio.Wav;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** The recordings and the grammar the tests share; file names are voice and words. */
final class Speech {
    static final List<String> KNOWN = List.of(
            "slt-turn-on-the-kitchen-light",
            "rms-what-is-twelve-times-three",
            "awb-book-a-table-for-two-at-seven",
            "kal16-what-time-is-it",
            "slt-my-number-is-four-one-five-nine-two-six",
            "rms-how-much-is-one-hundred-divided-by-five",
            "awb-will-it-rain-tomorrow",
            "kal16-where-is-my-order",
            "rms-stop");
    static final List<String> STRANGE = List.of(
            "strange/slt-the-kitchen-is-on-fire",
            "strange/rms-what-do-you-think-about-the-new-president",
            "strange/awb-i-have-never-been-to-the-mountains");

    private Speech() {}

    static Wav wav(String name) {
        try (InputStream in = open(name + ".wav")) {
            return Wav.read(in, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String words(String name) {
        return name.substring(name.indexOf('-') + 1).replace('-', ' ');
    }

    static String grammar() {
        try (InputStream in = open("demo.gram")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static short[] gain(short[] pcm, double db) {
        short[] out = new short[pcm.length];
        for (int i = 0; i < pcm.length; i++) {
            out[i] = (short) Math.round(pcm[i] * Math.pow(10, db / 20));
        }
        return out;
    }

    /** Puts 300 ms before and 500 ms after the speech, as a turn has them, and noise under all of it. */
    static short[] turn(short[] pcm, double noiseLevel) {
        Random random = new Random(3);
        short[] out = new short[4800 + pcm.length + 8000];
        System.arraycopy(pcm, 0, out, 4800, pcm.length);
        for (int i = 0; i < out.length; i++) {
            out[i] += (short) Math.round(noiseLevel * random.nextGaussian());
        }
        return out;
    }

    private static InputStream open(String name) {
        return Objects.requireNonNull(Speech.class.getResourceAsStream(name), name);
    }
}
