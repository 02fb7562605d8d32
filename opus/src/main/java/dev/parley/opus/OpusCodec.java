package dev.parley.opus;

import dev.parley.audio.FrameCodec;

/**
 * Opus (RFC 6716) as sessions use it: mono packets of 20 ms, for speech. Found by {@link java.util.ServiceLoader};
 * nothing of the codec itself is loaded before a stream begins.
 */
public final class OpusCodec implements FrameCodec {
    /** For {@link java.util.ServiceLoader}. */
    public OpusCodec() {}

    @Override
    public String type() {
        return "audio/opus";
    }

    @Override
    public Decoder decoder() {
        return new PacketReader();
    }

    @Override
    public Encoder encoder() {
        return new PacketWriter();
    }
}
