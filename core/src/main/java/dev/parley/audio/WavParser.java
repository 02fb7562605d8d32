package dev.parley.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** One reading of a WAV file. */
final class WavParser {
    private static final int RIFF = 0x46464952;
    private static final int WAVE = 0x45564157;
    private static final int FORMAT = 0x20746d66;
    private static final int DATA = 0x61746164;
    private static final String REMEDY = "; convert it with: sox IN -b 16 -r 24000 -c 1 OUT.wav";

    private final ByteBuffer in;
    private final String name;
    private int channels;
    private int hertz;
    private int bits;

    WavParser(byte[] bytes, String name) {
        in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        this.name = name;
    }

    Wav parse() {
        if (in.limit() == 0) {
            throw wrong("is empty");
        }
        if (in.limit() < 12 || in.getInt(0) != RIFF || in.getInt(8) != WAVE) {
            throw wrong("is not a WAV file (it does not begin with RIFF … WAVE)" + REMEDY);
        }
        in.position(12);
        while (in.remaining() >= 8) {
            int id = in.getInt();
            long size = in.getInt() & 0xFFFF_FFFFL;
            if (id == DATA) {
                return new Wav(hertz, samples(size));
            }
            if (size > in.remaining()) {
                throw wrong("is cut off: a chunk of " + size + " bytes has only " + in.remaining());
            }
            int next = in.position() + (int) size;
            if (id == FORMAT) {
                format((int) size);
            }
            // Chunks begin at even places; a lost last padding byte is forgiven.
            in.position((int) Math.min(next + (size & 1), in.limit()));
        }
        throw wrong("has no audio: there is no data chunk");
    }

    private void format(int size) {
        if (size < 16) {
            throw wrong("has a format chunk of " + size + " bytes, which needs 16");
        }
        int start = in.position();
        int format = in.getShort(start) & 0xFFFF;
        channels = in.getShort(start + 2) & 0xFFFF;
        hertz = in.getInt(start + 4);
        bits = in.getShort(start + 14) & 0xFFFF;
        if (Wav.isExtensible(format) && size >= 40) {
            format = in.getShort(start + 24) & 0xFFFF;
        }
        if (!Wav.isPcm(format)) {
            throw wrong("is not PCM: format code " + format + " (" + codec(format) + ")" + REMEDY);
        }
        if (bits != 8 && bits != 16 && bits != 24 && bits != 32) {
            throw wrong("has " + bits + " bits a sample; 8, 16, 24 and 32 can be read" + REMEDY);
        }
        if (channels < 1 || channels > 8) {
            throw wrong("has " + channels + " channels; 1 to 8 can be read" + REMEDY);
        }
        if (hertz < 8000 || hertz > 48_000) {
            throw wrong("has a sample rate of " + hertz + " Hz; 8000 to 48000 Hz can be read" + REMEDY);
        }
    }

    private short[] samples(long declared) {
        if (bits == 0) {
            throw wrong("has no format chunk before its audio" + REMEDY);
        }
        boolean streamed = declared == 0 || declared == 0xFFFF_FFFFL || declared == 0x7FFF_FFFFL;
        if (!streamed && declared > in.remaining()) {
            throw wrong("is cut off: " + declared + " bytes of audio are declared, " + in.remaining() + " are there");
        }
        int frame = bits / 8 * channels;
        int frames = (int) ((streamed ? in.remaining() : declared) / frame);
        if (frames == 0) {
            throw wrong("has no audio: its data chunk is empty");
        }
        short[] mono = new short[frames];
        for (int i = 0; i < frames; i++) {
            int sum = 0;
            for (int channel = 0; channel < channels; channel++) {
                sum += sample();
            }
            mono[i] = (short) Math.round((float) sum / channels);
        }
        return mono;
    }

    private int sample() {
        return switch (bits) {
            case 8 -> ((in.get() & 0xFF) - 128) << 8;
            case 16 -> in.getShort();
            case 24 -> {
                in.get();
                yield in.getShort();
            }
            default -> {
                in.getShort();
                yield in.getShort();
            }
        };
    }

    private static String codec(int format) {
        return switch (format) {
            case 2, 17 -> "ADPCM";
            case 3 -> "floating point";
            case 6 -> "A-law";
            case 7 -> "mu-law";
            case 49 -> "GSM";
            case 85 -> "MP3";
            case 255 -> "AAC";
            default -> "unknown";
        };
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(name + " " + what);
    }
}
