package dev.parley.gemini.setup;

import dev.parley.protocol.Json;
import dev.parley.provider.reply.Refused;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A session's {@code turn_detection} and the {@code realtimeInputConfig} that it comes to. Gemini's {@code prefixPaddingMs} is
 * no {@code prefix_padding_ms}: it is how long speech must last to count as such, so it is never set.
 */
final class TurnFields {
    private static final String INPUT = "turn_detection";
    private static final List<String> ADVICE = List.of("prefix_padding_ms", "idle_timeout_ms");

    /** Up to this threshold Gemini is to start at the first sound; from {@link #UNSURE} on only when it is sure. */
    private static final double EAGER = 0.4;

    private static final double UNSURE = 0.6;

    private TurnFields() {}

    /** What a new session has. */
    static ObjectNode initial() {
        return Json.object()
                .put("type", "server_vad")
                .put("create_response", true)
                .put("interrupt_response", true);
    }

    /**
     * Writes what was sent, if anything, into the input that holds. What Gemini decides itself is not shown.
     *
     * @throws Refused if it asks for what Gemini has not
     */
    static void merge(JsonNode sent, String path, ObjectNode input) {
        JsonNode asked = sent.get(INPUT);
        if (asked == null) {
            return;
        }
        if (!(asked instanceof ObjectNode detection)) {
            input.set(INPUT, NullNode.instance);
            return;
        }
        String where = path + "." + INPUT;
        if (detection.hasNonNull("idle_timeout_ms")) {
            throw unsupported(where + ".idle_timeout_ms", "idle timeouts");
        }
        if (!detection.path("create_response").asBoolean(true)) {
            throw unsupported(
                    where + ".create_response",
                    "turns that it finds and does not answer; set turn_detection to null and commit turns");
        }
        ObjectNode next = initial();
        if (input.path(INPUT) instanceof ObjectNode known && known.path("type").equals(detection.path("type"))) {
            next.setAll(known.deepCopy());
        }
        next.setAll(detection.deepCopy());
        next.remove(ADVICE);
        input.set(INPUT, next);
    }

    private static Refused unsupported(String path, String what) {
        return Refused.unsupported(SessionSettings.PROVIDER, path, what);
    }

    /** The {@code realtimeInputConfig}; empty if Gemini's own settings are to hold. */
    static ObjectNode setup(JsonNode detection) {
        ObjectNode config = Json.object();
        ObjectNode automatic = Json.object();
        if (detection.isNull()) {
            automatic.put("disabled", true);
        }
        double threshold = detection.path("threshold").asDouble(0.5);
        if (threshold <= EAGER) {
            automatic.put("startOfSpeechSensitivity", "START_SENSITIVITY_HIGH");
        } else if (threshold >= UNSURE) {
            automatic.put("startOfSpeechSensitivity", "START_SENSITIVITY_LOW");
        }
        switch (detection.path("eagerness").asString("auto")) {
            case "low" -> automatic.put("endOfSpeechSensitivity", "END_SENSITIVITY_LOW");
            case "high" -> automatic.put("endOfSpeechSensitivity", "END_SENSITIVITY_HIGH");
            default -> {}
        }
        if (detection.path("silence_duration_ms").isNumber()) {
            automatic.put(
                    "silenceDurationMs", detection.path("silence_duration_ms").asInt());
        }
        if (!automatic.isEmpty()) {
            config.set("automaticActivityDetection", automatic);
        }
        if (!detection.path("interrupt_response").asBoolean(true)) {
            config.put("activityHandling", "NO_INTERRUPTION");
        }
        return config;
    }
}
