package dev.parley.audio;

/** Sines in bytes, and what there is in them. */
final class Tone {
    private Tone() {}

    /** A sine from its zero on. */
    static byte[] bytes(AudioCoding coding, double hertz, double seconds, double amplitude) {
        int count = (int) Math.round(seconds * coding.hertz());
        byte[] bytes = new byte[coding.type().equals("audio/pcm") ? 2 * count : count];
        for (int i = 0; i < count; i++) {
            short sample = (short) Math.round(amplitude * Math.sin(2 * Math.PI * hertz * i / coding.hertz()));
            switch (coding.type()) {
                case "audio/pcm" -> {
                    bytes[2 * i] = (byte) sample;
                    bytes[2 * i + 1] = (byte) (sample >> 8);
                }
                case "audio/pcmu" -> bytes[i] = G711.MU_LAW.encode(sample);
                default -> bytes[i] = G711.A_LAW.encode(sample);
            }
        }
        return bytes;
    }

    static short[] samples(AudioCoding coding, byte[] bytes) {
        short[] samples = new short[coding.type().equals("audio/pcm") ? bytes.length / 2 : bytes.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = switch (coding.type()) {
                case "audio/pcm" -> (short) ((bytes[2 * i] & 0xFF) | (bytes[2 * i + 1] << 8));
                case "audio/pcmu" -> G711.MU_LAW.decode(bytes[i]);
                default -> G711.A_LAW.decode(bytes[i]);
            };
        }
        return samples;
    }

    /** How far a tone is above all else, in dB. */
    static double toNoise(short[] samples, double hertz, int rate) {
        double sin = 0;
        double cos = 0;
        double all = 0;
        for (int i = 0; i < samples.length; i++) {
            double phase = 2 * Math.PI * hertz * i / rate;
            sin += samples[i] * Math.sin(phase) * 2 / samples.length;
            cos += samples[i] * Math.cos(phase) * 2 / samples.length;
            all += (double) samples[i] * samples[i] / samples.length;
        }
        double tone = (sin * sin + cos * cos) / 2;
        return 10 * Math.log10(tone / Math.max(all - tone, 1e-9));
    }

    /** The amplitude of a tone. */
    static double amplitude(short[] samples, double hertz, int rate) {
        double sin = 0;
        double cos = 0;
        for (int i = 0; i < samples.length; i++) {
            double phase = 2 * Math.PI * hertz * i / rate;
            sin += samples[i] * Math.sin(phase) * 2 / samples.length;
            cos += samples[i] * Math.cos(phase) * 2 / samples.length;
        }
        return Math.hypot(sin, cos);
    }
}
