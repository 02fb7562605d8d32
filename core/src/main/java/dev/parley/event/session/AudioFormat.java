package dev.parley.event.session;

import dev.parley.event.codec.Wire;
import dev.parley.protocol.Fields;
import org.jspecify.annotations.Nullable;

/** How audio is written inside events, mono. OpenAI Realtime: {@code audio.input.format}, {@code audio.output.format}. */
@Wire.Family
public sealed interface AudioFormat {
    /** 24,000 Hz, 16-bit signed little-endian: the default everywhere. */
    AudioFormat PCM_24K = new Pcm(24_000, Fields.NONE);
    /** G.711 µ-law. */
    AudioFormat PCMU = new Pcmu(Fields.NONE);
    /** G.711 A-law. */
    AudioFormat PCMA = new Pcma(Fields.NONE);

    /**
     * {@code audio/pcm}: 16-bit signed little-endian samples.
     *
     * @param rate samples a second; null: the server's default, 24,000
     */
    @Wire.Type("audio/pcm")
    record Pcm(
            @Wire.OneOfIntegers({8_000, 16_000, 24_000}) @Nullable
            Integer rate,

            Fields more) implements AudioFormat {}

    /** {@code audio/pcmu}: G.711 µ-law at 8,000 Hz, one byte a sample. */
    @Wire.Type("audio/pcmu")
    record Pcmu(Fields more) implements AudioFormat {}

    /** {@code audio/pcma}: G.711 A-law at 8,000 Hz, one byte a sample. */
    @Wire.Type("audio/pcma")
    record Pcma(Fields more) implements AudioFormat {}

    /** A format that this version of Parley does not know. */
    record Unknown(Fields json) implements AudioFormat {}
}
