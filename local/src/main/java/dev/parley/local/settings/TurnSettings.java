package dev.parley.local.settings;

import dev.parley.protocol.Json;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the server finds turns: {@code turn_detection} of type {@code server_vad}.
 */
public record TurnSettings(
        double threshold,
        int prefixPaddingMs,
        int silenceDurationMs,
        boolean createResponse,
        boolean interruptResponse) {
    public static final TurnSettings DEFAULT = new TurnSettings(0.5, 300, 500, true, true);

    private static final int LONGEST_MS = 10_000;

    public ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("type", "server_vad").put("threshold", threshold);
        json.put("prefix_padding_ms", prefixPaddingMs).put("silence_duration_ms", silenceDurationMs);
        json.putNull("idle_timeout_ms");
        return json.put("create_response", createResponse).put("interrupt_response", interruptResponse);
    }

    public static @Nullable TurnSettings of(JsonNode json) {
        if (!json.isObject()) {
            return null;
        }
        return new TurnSettings(
                json.path("threshold").asDouble(),
                json.path("prefix_padding_ms").asInt(),
                json.path("silence_duration_ms").asInt(),
                json.path("create_response").asBoolean(),
                json.path("interrupt_response").asBoolean());
    }

    /** The settings after an update whose {@code turn_detection} is set; null: off. */
    public static @Nullable TurnSettings merge(Fields input, @Nullable TurnSettings known) {
        if (input.isNull("turn_detection")) {
            return null;
        }
        Fields asked = input.object("turn_detection");
        if (asked.given("type")) {
            String type = asked.oneOf("type", List.of("server_vad", "semantic_vad"));
            if (type.equals("semantic_vad")) {
                throw Refused.unsupported(asked.at("type"), "turn detection of type semantic_vad; use server_vad");
            }
        }
        asked.only(Set.of(
                "type",
                "threshold",
                "prefix_padding_ms",
                "silence_duration_ms",
                "idle_timeout_ms",
                "create_response",
                "interrupt_response"));
        if (asked.given("idle_timeout_ms")) {
            throw Refused.unsupported(asked.at("idle_timeout_ms"), "an idle timeout");
        }
        TurnSettings base = known == null ? DEFAULT : known;
        return new TurnSettings(
                asked.given("threshold") ? asked.number("threshold", 0, 1) : base.threshold,
                asked.given("prefix_padding_ms")
                        ? asked.integer("prefix_padding_ms", 0, LONGEST_MS)
                        : base.prefixPaddingMs,
                asked.given("silence_duration_ms")
                        ? asked.integer("silence_duration_ms", 0, LONGEST_MS)
                        : base.silenceDurationMs,
                asked.has("create_response") ? asked.flag("create_response") : base.createResponse,
                asked.has("interrupt_response") ? asked.flag("interrupt_response") : base.interruptResponse);
    }
}
