package dev.parley.audio;

/**
 * The two laws of ITU-T G.711, by which one byte holds a sample of 16 bits: µ-law in North America and Japan, A-law
 * elsewhere. Decoding looks into a table; encoding finds the interval that the Recommendation gives for each value.
 */
public enum G711 {
    /** µ-law, {@code audio/pcmu}. */
    MU_LAW {
        @Override
        public byte encode(short sample) {
            // 14 bits of magnitude, and the bias that makes each segment begin at a power of two.
            int magnitude = Math.min((magnitude(sample) >> 2) + 33, 0x1FFF);
            int segment = 26 - Integer.numberOfLeadingZeros(magnitude);
            int code = (segment << 4) | ((magnitude >> (segment + 1)) & 15);
            return (byte) ~(sample < 0 ? code | SIGN : code);
        }

        @Override
        short expand(int code) {
            int bits = ~code;
            int magnitude = ((((bits & 15) * 2 + 33) << ((bits >> 4) & 7)) - 33) << 2;
            return (short) ((bits & SIGN) == 0 ? magnitude : -magnitude);
        }
    },

    /** A-law, {@code audio/pcma}. */
    A_LAW {
        @Override
        public byte encode(short sample) {
            int magnitude = magnitude(sample) >> 4;
            // The first two segments are one straight line.
            int segment = Math.max(1, 28 - Integer.numberOfLeadingZeros(magnitude));
            int code = magnitude < 32 ? magnitude : (segment << 4) | ((magnitude >> (segment - 1)) & 15);
            return (byte) ((sample < 0 ? code : code | SIGN) ^ EVEN_BITS);
        }

        @Override
        short expand(int code) {
            int bits = code ^ EVEN_BITS;
            int segment = (bits >> 4) & 7;
            int step = (bits & 15) << 4;
            int magnitude = segment == 0 ? step + 8 : (step + 0x108) << (segment - 1);
            return (short) ((bits & SIGN) == 0 ? -magnitude : magnitude);
        }
    };

    private static final int SIGN = 0x80;
    /** Every other bit is written inverted, so that silence has no long runs of zeros. */
    private static final int EVEN_BITS = 0x55;

    @SuppressWarnings("ImmutableEnumChecker") // Filled once, and seen by nobody else.
    private final short[] samples = new short[256];

    G711() {
        for (int code = 0; code < samples.length; code++) {
            samples[code] = expand(code);
        }
    }

    /** The byte that stands for a sample. */
    public abstract byte encode(short sample);

    /** The value of a code from 0 to 255. */
    abstract short expand(int code);

    /** The sample that a byte stands for. */
    public short decode(byte code) {
        return samples[code & 0xFF];
    }

    /** Of a negative value the inverse, as the Recommendation's own tables have it. */
    private static int magnitude(short sample) {
        return sample ^ (sample >> 31);
    }
}
