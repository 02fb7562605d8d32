package dev.parley.local.settings;

import dev.parley.protocol.Json;
import java.util.Set;
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

    private static final int LONGEST_MS = 10_000;
    private static final int SHORTEST_IDLE_MS = 5_000;
    private static final int LONGEST_IDLE_MS = 30_000;

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

    static ServerVad of(JsonNode json) {
        JsonNode idle = json.path("idle_timeout_ms");
        return new ServerVad(
                json.path("threshold").asDouble(),
                json.path("prefix_padding_ms").asInt(),
                json.path("silence_duration_ms").asInt(),
                idle.isNumber() ? (Integer) idle.asInt() : null,
                json.path("create_response").asBoolean(),
                json.path("interrupt_response").asBoolean());
    }

    static ServerVad merge(Fields asked, ServerVad base) {
        TurnSettings.only(asked, Set.of("threshold", "prefix_padding_ms", "silence_duration_ms", "idle_timeout_ms"));
        Integer idle = base.idleTimeoutMs;
        if (asked.has("idle_timeout_ms")) {
            idle = asked.isNull("idle_timeout_ms")
                    ? null
                    : (Integer) asked.integer("idle_timeout_ms", SHORTEST_IDLE_MS, LONGEST_IDLE_MS);
        }
        return new ServerVad(
                asked.given("threshold") ? asked.number("threshold", 0, 1) : base.threshold,
                asked.given("prefix_padding_ms")
                        ? asked.integer("prefix_padding_ms", 0, LONGEST_MS)
                        : base.prefixPaddingMs,
                asked.given("silence_duration_ms")
                        ? asked.integer("silence_duration_ms", 0, LONGEST_MS)
                        : base.silenceDurationMs,
                idle,
                asked.has("create_response") ? asked.flag("create_response") : base.createResponse,
                asked.has("interrupt_response") ? asked.flag("interrupt_response") : base.interruptResponse);
    }
}
