package dev.parley.opus;

import dev.parley.audio.FrameCodec;
import dev.parley.audio.Resampler;
import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import io.github.jaredmdobson.concentus.OpusPacketInfo;
import java.util.Arrays;

/**
 * Reads one stream of Opus packets, of 2.5 to 120 ms each, whatever their rate; stereo is mixed. A packet that does not
 * come is not noticed: the next one is read as if it followed.
 */
final class PacketReader implements FrameCodec.Decoder {
    /** At lower rates Concentus 1.0.2 makes noise of packets in the hybrid mode, which is what browsers send. */
    private static final int HERTZ = 48_000;
    /** Samples in 120 ms, the longest packet (RFC 6716 section 3.4). */
    private static final int LONGEST = HERTZ * 120 / 1000;

    private final short[] whole = new short[LONGEST];
    private final Resampler resampler = new Resampler(HERTZ, FrameCodec.HERTZ);
    private OpusDecoder decoder = begin();

    private static OpusDecoder begin() {
        try {
            return new OpusDecoder(HERTZ, 1);
        } catch (OpusException e) {
            throw new IllegalStateException("the Opus decoder does not give 48 kHz mono", e);
        }
    }

    @Override
    public short[] decode(byte[] packet) {
        int expected = OpusPacketInfo.getNumSamples(packet, 0, packet.length, HERTZ);
        if (expected <= 0) {
            throw new IllegalArgumentException("not a packet of Opus of at most 120 ms (" + packet.length + " bytes)");
        }
        try {
            int length = decoder.decode(packet, 0, packet.length, whole, 0, LONGEST, false);
            short[] samples = new short[resampler.maxOutput(length)];
            return Arrays.copyOf(samples, resampler.process(whole, 0, length, samples, 0));
        } catch (OpusException | RuntimeException | AssertionError e) {
            // What a packet leaves behind on which the decoder gave up is not to be trusted.
            decoder = begin();
            throw new IllegalArgumentException("not a packet of Opus (" + packet.length + " bytes)", e);
        }
    }
}
