package dev.parley;

import dev.parley.protocol.Json;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How audio is written inside events: mono, and base64 around it. OpenAI Realtime: {@code session.audio.input.format}.
 */
public enum RealtimeAudioFormat {
    /** {@code audio/pcm} at 8,000 Hz: 16-bit signed little-endian samples. */
    PCM_8K("audio/pcm", 8_000, 2),
    /** {@code audio/pcm} at 16,000 Hz: 16-bit signed little-endian samples. */
    PCM_16K("audio/pcm", 16_000, 2),
    /** {@code audio/pcm} at 24,000 Hz: 16-bit signed little-endian samples. The default everywhere. */
    PCM_24K("audio/pcm", 24_000, 2),
    /** {@code audio/pcmu}: G.711 µ-law, 8,000 Hz, one byte a sample. */
    PCMU("audio/pcmu", 8_000, 1),
    /** {@code audio/pcma}: G.711 A-law, 8,000 Hz, one byte a sample. */
    PCMA("audio/pcma", 8_000, 1),
    /**
     * {@code audio/opus}: mono, each event with exactly one packet of 20 ms, its {@linkplain #rate() PCM side} at 24,000
     * Hz. Needs the module {@code parley-opus}; no provider takes it, so that a session always converts it.
     */
    OPUS("audio/opus", 24_000, 0);

    private static final long SECOND = 1_000_000_000L;
    private static final long OPUS_PACKET = SECOND / 50;

    /** The formats that need nothing to be read and written: all but {@link #OPUS}. */
    public static final Set<RealtimeAudioFormat> PLAIN =
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(OPUS)));

    private final String type;
    private final int rate;
    private final int sampleBytes;
    private final long bytesPerSecond;

    RealtimeAudioFormat(String type, int rate, int sampleBytes) {
        this.type = type;
        this.rate = rate;
        this.sampleBytes = sampleBytes;
        this.bytesPerSecond = (long) rate * sampleBytes;
    }

    /** The {@code type} on the wire. */
    public String type() {
        return type;
    }

    /** Samples a second. */
    public int rate() {
        return rate;
    }

    /** How long the audio of one event plays, in ns, by its size; that of Opus 20 ms, whatever its size. */
    public long nanos(int audioBytes) {
        return sampleBytes == 0 ? OPUS_PACKET : audioBytes * SECOND / bytesPerSecond;
    }

    /** The format as it stands in a session: {@code {"type":"audio/pcm","rate":24000}}; others have no rate. */
    public ObjectNode json() {
        ObjectNode json = Json.object().put("type", type);
        return sampleBytes == 2 ? json.put("rate", rate) : json;
    }

    /** The format that a session's JSON names; without a rate, PCM is {@link #PCM_24K}. */
    public static Optional<RealtimeAudioFormat> of(JsonNode json) {
        String type = json.path("type").asString("");
        for (RealtimeAudioFormat format : values()) {
            int rate = json.path("rate").asInt(format.sampleBytes == 2 ? PCM_24K.rate : format.rate);
            if (format.type.equals(type) && format.rate == rate) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
