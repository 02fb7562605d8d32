package dev.parley.testkit.functional;

import dev.parley.RealtimeAudioFormat;
import dev.parley.audio.G711;
import java.io.ByteArrayOutputStream;

/** A sine in one of the formats, and what is heard in bytes of one. */
final class Tone {
    private Tone() {}

    static byte[] bytes(RealtimeAudioFormat format, double hertz, double seconds) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < seconds * format.rate(); i++) {
            short sample = (short) Math.round(10_000 * Math.sin(2 * Math.PI * hertz * i / format.rate()));
            switch (format) {
                case PCMU -> bytes.write(G711.MU_LAW.encode(sample));
                case PCMA -> bytes.write(G711.A_LAW.encode(sample));
                default -> {
                    bytes.write(sample);
                    bytes.write(sample >> 8);
                }
            }
        }
        return bytes.toByteArray();
    }

    static short[] samples(RealtimeAudioFormat format, byte[] bytes) {
        boolean pcm = format.type().equals("audio/pcm");
        short[] samples = new short[pcm ? bytes.length / 2 : bytes.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = switch (format) {
                case PCMU -> G711.MU_LAW.decode(bytes[i]);
                case PCMA -> G711.A_LAW.decode(bytes[i]);
                default -> (short) ((bytes[2 * i] & 0xFF) | (bytes[2 * i + 1] << 8));
            };
        }
        return samples;
    }

    /** By Goertzel's algorithm: the power of one frequency. */
    static double power(short[] samples, double hertz, int rate) {
        double turn = 2 * Math.cos(2 * Math.PI * hertz / rate);
        double last = 0;
        double before = 0;
        for (short sample : samples) {
            double now = sample + turn * last - before;
            before = last;
            last = now;
        }
        return (last * last + before * before - turn * last * before) * 2 / samples.length / samples.length;
    }

    /** The frequency that is loudest, of all multiples of 10 Hz. */
    static int loudest(short[] samples, int rate) {
        int loudest = 0;
        for (int hertz = 10; hertz < rate / 2; hertz += 10) {
            loudest = power(samples, hertz, rate) > power(samples, Math.max(1, loudest), rate) ? hertz : loudest;
        }
        return loudest;
    }

    /** How far a frequency is above all else, in dB. */
    static double toNoise(short[] samples, double hertz, int rate) {
        double all = 0;
        for (short sample : samples) {
            all += (double) sample * sample / samples.length;
        }
        double tone = power(samples, hertz, rate);
        return 10 * Math.log10(tone / Math.max(all - tone, 1e-9));
    }
}
