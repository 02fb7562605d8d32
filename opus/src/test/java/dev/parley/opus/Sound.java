package dev.parley.opus;

import dev.parley.audio.FrameCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sounds at 24 kHz, and how alike two of them are. */
final class Sound {
    private static final int FRAME = FrameCodec.SAMPLES;

    private Sound() {}

    static short[] tone(double hertz, double level, int samples) {
        short[] sound = new short[samples];
        for (int i = 0; i < samples; i++) {
            sound[i] = (short) (level * Math.sin(2 * Math.PI * hertz * i / FrameCodec.HERTZ));
        }
        return sound;
    }

    /**
     * Something like a vowel: harmonics of a pitch that glides around 140 Hz, below three formants,
     * four syllables a second. The recording of
     * libopus is of this sound.
     */
    static short[] voice(int samples) {
        short[] sound = new short[samples];
        for (int i = 0; i < samples; i++) {
            double t = (double) i / FrameCodec.HERTZ;
            // So that no two moments of it are the same.
            double phase = 2 * Math.PI * 140 * t - 20 * (Math.cos(2 * Math.PI * 1.5 * t) - 1);
            double sum = 0;
            for (int h = 1; h <= 25; h++) {
                double f = 140 * h;
                double formants = bell(f, 600, 300) + 0.6 * bell(f, 1500, 400) + 0.3 * bell(f, 2600, 500);
                sum += Math.sin(h * phase + h * h) * formants;
            }
            sound[i] = (short) (sum * 2500 * (0.6 + 0.4 * Math.sin(2 * Math.PI * 4 * t)));
        }
        return sound;
    }

    private static double bell(double f, double middle, double width) {
        return Math.exp(-Math.pow((f - middle) / width, 2));
    }

    static List<byte[]> encoded(short[] sound) {
        FrameCodec.Encoder encoder = new OpusCodec().encoder();
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i + FRAME <= sound.length; i += FRAME) {
            packets.add(encoder.encode(Arrays.copyOfRange(sound, i, i + FRAME)));
        }
        return packets;
    }

    static short[] decoded(List<byte[]> packets) {
        FrameCodec.Decoder decoder = new OpusCodec().decoder();
        short[] sound = {};
        for (byte[] packet : packets) {
            short[] more = decoder.decode(packet);
            int before = sound.length;
            sound = Arrays.copyOf(sound, before + more.length);
            System.arraycopy(more, 0, sound, before, more.length);
        }
        return sound;
    }

    /** The part of the energy that is at a frequency, 1 for a tone of it alone. */
    static double purity(short[] sound, int from, int to, double hertz) {
        double sine = 0;
        double cosine = 0;
        double all = 0;
        for (int i = from; i < to; i++) {
            double angle = 2 * Math.PI * hertz * i / FrameCodec.HERTZ;
            sine += sound[i] * Math.sin(angle);
            cosine += sound[i] * Math.cos(angle);
            all += (double) sound[i] * sound[i];
        }
        return 2 * (sine * sine + cosine * cosine) / (to - from) / all;
    }

    /** The root of the mean square. */
    static double level(short[] sound, int from, int to) {
        double all = 0;
        for (int i = from; i < to; i++) {
            all += (double) sound[i] * sound[i];
        }
        return Math.sqrt(all / (to - from));
    }

    /**
     * The correlation of two sounds where the second is late by so many samples.
     *
     * @param from first sample of the first sound that counts
     */
    static double likeness(short[] sound, short[] late, int delay, int from, int to) {
        double both = 0;
        double one = 0;
        double other = 0;
        for (int i = from; i < to; i++) {
            both += (double) sound[i] * late[i + delay];
            one += (double) sound[i] * sound[i];
            other += (double) late[i + delay] * late[i + delay];
        }
        return both / Math.sqrt(one * other);
    }

    /** The delay, of less than 25 ms, at which two sounds are most alike. */
    static int delay(short[] sound, short[] late, int from, int to) {
        int best = 0;
        double most = 0;
        for (int delay = 0; delay < FrameCodec.HERTZ / 40; delay++) {
            double likeness = likeness(sound, late, delay, from, to);
            if (likeness > most) {
                best = delay;
                most = likeness;
            }
        }
        return best;
    }
}
