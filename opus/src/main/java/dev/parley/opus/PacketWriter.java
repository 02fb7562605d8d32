package dev.parley.opus;

import dev.parley.audio.FrameCodec;
import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import io.github.jaredmdobson.concentus.OpusSignal;
import java.util.Arrays;

/** Writes one stream of Opus packets of 20 ms for speech, about {@value #BITRATE} bit/s, less where little is said. */
final class PacketWriter implements FrameCodec.Encoder {
    /** Bits a second, on average. */
    static final int BITRATE = 32_000;
    /** Effort from 0 to 10; what more than this costs in time cannot be heard in speech. */
    private static final int COMPLEXITY = 5;
    /** The longest frame there is (RFC 6716 section 3.2.1), and the byte before it. */
    private static final int LONGEST = 1276;

    /** A packet of 20 ms whose only frame is empty, which a decoder bridges (RFC 6716 section 3.2.1). */
    private static final byte LOST = 9 << 3;

    private final byte[] packet = new byte[LONGEST];
    private OpusEncoder encoder = begin();

    private static OpusEncoder begin() {
        OpusEncoder encoder;
        try {
            encoder = new OpusEncoder(FrameCodec.HERTZ, 1, OpusApplication.OPUS_APPLICATION_VOIP);
        } catch (OpusException e) {
            throw new IllegalStateException("the Opus encoder does not take 24 kHz mono", e);
        }
        encoder.setBitrate(BITRATE);
        encoder.setSignalType(OpusSignal.OPUS_SIGNAL_VOICE);
        encoder.setComplexity(COMPLEXITY);
        return encoder;
    }

    @Override
    public byte[] encode(short[] samples) {
        try {
            int length = encoder.encode(samples, 0, FrameCodec.SAMPLES, packet, 0, LONGEST);
            return Arrays.copyOf(packet, length);
        } catch (OpusException | RuntimeException | AssertionError e) {
            // One frame is lost, not the session; what is left of the encoder is not to be trusted.
            encoder = begin();
            return new byte[] {LOST};
        }
    }
}
