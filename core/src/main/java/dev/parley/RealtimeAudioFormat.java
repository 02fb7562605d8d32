package dev.parley;

import dev.parley.protocol.Json;
import java.util.Optional;
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
    PCMA("audio/pcma", 8_000, 1);

    private final String type;
    private final int rate;
    private final int sampleBytes;

    RealtimeAudioFormat(String type, int rate, int sampleBytes) {
        this.type = type;
        this.rate = rate;
        this.sampleBytes = sampleBytes;
    }

    /** The {@code type} on the wire. */
    public String type() {
        return type;
    }

    /** Samples a second. */
    public int rate() {
        return rate;
    }

    /** Bytes a second. */
    public int bytesPerSecond() {
        return rate * sampleBytes;
    }

    /** The format as it stands in a session: {@code {"type":"audio/pcm","rate":24000}}; G.711 has no rate. */
    public ObjectNode json() {
        ObjectNode json = Json.object().put("type", type);
        return sampleBytes == 2 ? json.put("rate", rate) : json;
    }

    /** The format that a session's JSON names; a PCM format without a rate is {@link #PCM_24K}. */
    public static Optional<RealtimeAudioFormat> of(JsonNode json) {
        String type = json.path("type").asString("");
        int rate = json.path("rate").asInt("audio/pcm".equals(type) ? 24_000 : 8_000);
        for (RealtimeAudioFormat format : values()) {
            if (format.type.equals(type) && format.rate == rate) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
