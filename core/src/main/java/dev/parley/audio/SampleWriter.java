package dev.parley.audio;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes one stream's samples as bytes. */
interface SampleWriter {
    /** Writes samples. */
    void write(short[] samples, int from, int to);

    /** What was written since the last call: the payloads of so many events. */
    List<byte[]> take();

    /** Fills up what is not whole at the end of the stream. */
    default void end() {}

    /** Forgets the stream so far. */
    void reset();

    /** Writes samples of one size one after the other. */
    abstract class Continuous implements SampleWriter {
        private final int sampleBytes;
        private byte[] bytes = {};
        private int length;

        Continuous(int sampleBytes) {
            this.sampleBytes = sampleBytes;
        }

        /** Writes samples into bytes for which there is room. */
        abstract void write(short[] samples, int from, int to, byte[] bytes, int at);

        @Override
        public void write(short[] samples, int from, int to) {
            int more = (to - from) * sampleBytes;
            if (length + more > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * length, length + more));
            }
            write(samples, from, to, bytes, length);
            length += more;
        }

        @Override
        public List<byte[]> take() {
            if (length == 0) {
                return List.of();
            }
            byte[] taken = length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
            reset();
            return List.of(taken);
        }

        @Override
        public void reset() {
            bytes = new byte[0];
            length = 0;
        }
    }

    /** Writes 16-bit samples. */
    final class Pcm extends Continuous {
        Pcm() {
            super(2);
        }

        @Override
        void write(short[] samples, int from, int to, byte[] bytes, int at) {
            int into = at;
            for (int i = from; i < to; i++) {
                bytes[into++] = (byte) samples[i];
                bytes[into++] = (byte) (samples[i] >> 8);
            }
        }
    }

    /** Writes a byte a sample. */
    final class Companded extends Continuous {
        private final G711 law;

        Companded(G711 law) {
            super(1);
            this.law = law;
        }

        @Override
        void write(short[] samples, int from, int to, byte[] bytes, int at) {
            for (int i = from; i < to; i++) {
                bytes[at + i - from] = law.encode(samples[i]);
            }
        }
    }

    /** Writes packets of 20 ms; the last one is filled up with silence. */
    final class Packets implements SampleWriter {
        private final FrameCodec codec;
        private final short[] frame = new short[FrameCodec.SAMPLES];
        private final List<byte[]> packets = new ArrayList<>();
        private FrameCodec.Encoder encoder;
        private int filled;

        Packets(FrameCodec codec) {
            this.codec = codec;
            this.encoder = codec.encoder();
        }

        @Override
        public void write(short[] samples, int from, int to) {
            int at = from;
            while (at < to) {
                int count = Math.min(to - at, frame.length - filled);
                System.arraycopy(samples, at, frame, filled, count);
                at += count;
                filled += count;
                if (filled == frame.length) {
                    packets.add(encoder.encode(frame));
                    filled = 0;
                }
            }
        }

        @Override
        public void end() {
            if (filled > 0) {
                Arrays.fill(frame, filled, frame.length, (short) 0);
                packets.add(encoder.encode(frame));
                filled = 0;
            }
        }

        @Override
        public List<byte[]> take() {
            List<byte[]> taken = List.copyOf(packets);
            packets.clear();
            return taken;
        }

        @Override
        public void reset() {
            packets.clear();
            filled = 0;
            encoder = codec.encoder();
        }
    }
}
