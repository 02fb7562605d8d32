package dev.parley.audio;

/** Reads one stream's samples from its bytes. */
interface SampleReader {
    /** The most bytes of a chunk that are read at once. */
    int SLICE = 2048;

    /**
     * Reads a slice.
     *
     * @return how many {@link #samples()} there are
     */
    int read(byte[] chunk, int from, int to);

    /** What was read last; valid until the next is read. */
    short[] samples();

    /** Whether a chunk can be read only as a whole. */
    default boolean whole() {
        return false;
    }

    /** Forgets the stream so far. */
    default void reset() {}

    /** Reads 16-bit samples; a chunk may end within one. */
    final class Pcm implements SampleReader {
        private final short[] samples = new short[SLICE / 2 + 1];
        /** The first byte of a sample whose second has not come; below 0: there is none. */
        private int half = -1;

        @Override
        public int read(byte[] chunk, int from, int to) {
            int at = from;
            int count = 0;
            if (half >= 0 && at < to) {
                samples[count++] = (short) (half | (chunk[at++] << 8));
                half = -1;
            }
            for (; at + 1 < to; at += 2) {
                samples[count++] = (short) ((chunk[at] & 0xFF) | (chunk[at + 1] << 8));
            }
            if (at < to) {
                half = chunk[at] & 0xFF;
            }
            return count;
        }

        @Override
        public short[] samples() {
            return samples;
        }

        @Override
        public void reset() {
            half = -1;
        }
    }

    /** Reads a byte a sample. */
    final class Companded implements SampleReader {
        private final short[] samples = new short[SLICE];
        private final G711 law;

        Companded(G711 law) {
            this.law = law;
        }

        @Override
        public int read(byte[] chunk, int from, int to) {
            for (int i = from; i < to; i++) {
                samples[i - from] = law.decode(chunk[i]);
            }
            return to - from;
        }

        @Override
        public short[] samples() {
            return samples;
        }
    }

    /** Reads packets, each of them a chunk. */
    final class Packets implements SampleReader {
        private final FrameCodec codec;
        private FrameCodec.Decoder decoder;
        private short[] samples = {};

        Packets(FrameCodec codec) {
            this.codec = codec;
            this.decoder = codec.decoder();
        }

        @Override
        public int read(byte[] chunk, int from, int to) {
            samples = decoder.decode(chunk);
            return samples.length;
        }

        @Override
        public short[] samples() {
            return samples;
        }

        @Override
        public boolean whole() {
            return true;
        }

        @Override
        public void reset() {
            decoder = codec.decoder();
        }
    }
}
