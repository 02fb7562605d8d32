package dev.parley.local.settings;

import dev.parley.protocol.Json;
import dev.parley.provider.reply.Refused;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns by silence: {@code turn_detection} of type {@code server_vad}.
 *
 * @param idleTimeoutMs the silence after a response has been heard out that makes the assistant speak again; null: none
 */
public record ServerVad(
        double threshold,
        int prefixPaddingMs,
        int silenceDurationMs,
        @Nullable Integer idleTimeoutMs,
        boolean createResponse,
        boolean interruptResponse)
        implements TurnSettings {
    static final String TYPE = "server_vad";
    static final ServerVad DEFAULT = new ServerVad(0.5, 300, 500, null, true, true);

    /** The most of padding and of silence, which is kept for as long. */
    private static final int LONGEST_MS = 10_000;

    @Override
    public int longestSilenceMs() {
        return silenceDurationMs;
    }

    @Override
    public int completeSilenceMs() {
        return silenceDurationMs;
    }

    @Override
    public ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("type", TYPE).put("threshold", threshold);
        json.put("prefix_padding_ms", prefixPaddingMs).put("silence_duration_ms", silenceDurationMs);
        json.put("idle_timeout_ms", idleTimeoutMs);
        return json.put("create_response", createResponse).put("interrupt_response", interruptResponse);
    }

    static ServerVad merge(JsonNode asked, String path, ServerVad base) {
        JsonNode idle = asked.path("idle_timeout_ms");
        return new ServerVad(
                asked.path("threshold").asDouble(base.threshold),
                ms(asked, path, "prefix_padding_ms", base.prefixPaddingMs),
                ms(asked, path, "silence_duration_ms", base.silenceDurationMs),
                idle.isMissingNode() ? base.idleTimeoutMs : idle.isNull() ? null : (Integer) idle.asInt(),
                asked.path("create_response").asBoolean(base.createResponse),
                asked.path("interrupt_response").asBoolean(base.interruptResponse));
    }

    private static int ms(JsonNode asked, String path, String name, int otherwise) {
        int ms = asked.path(name).asInt(otherwise);
        if (ms > LONGEST_MS) {
            String where = path + "." + name;
            throw Refused.of(
                    "integer_above_max_value",
                    "Invalid '" + where + "': expected a value <= " + LONGEST_MS + ", but got " + ms + " instead.",
                    where);
        }
        return ms;
    }
}
