package dev.parley.transcode;

import dev.parley.audio.FrameCodec;

/** A codec whose packets hold their samples as they are, behind one byte that tells that they are packets. */
public final class PlainPackets implements FrameCodec {
    static final int LENGTH = 1 + 2 * SAMPLES;

    @Override
    public String type() {
        return "audio/opus";
    }

    @Override
    public Decoder decoder() {
        return packet -> {
            if (packet.length != LENGTH || packet[0] != 42) {
                throw new IllegalArgumentException("it is no packet");
            }
            short[] samples = new short[SAMPLES];
            for (int i = 0; i < SAMPLES; i++) {
                samples[i] = (short) ((packet[1 + 2 * i] & 0xFF) | (packet[2 + 2 * i] << 8));
            }
            return samples;
        };
    }

    @Override
    public Encoder encoder() {
        return samples -> {
            byte[] packet = new byte[LENGTH];
            packet[0] = 42;
            for (int i = 0; i < SAMPLES; i++) {
                packet[1 + 2 * i] = (byte) samples[i];
                packet[2 + 2 * i] = (byte) (samples[i] >> 8);
            }
            return packet;
        };
    }
}
