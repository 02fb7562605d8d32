package dev.parley;

import dev.parley.protocol.Json;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How the provider tells where the user's turn ends. OpenAI Realtime: {@code session.audio.input.turn_detection}. */
public sealed interface TurnDetection {
    /** The client commits each turn itself (push to talk): {@code null} on the wire. */
    TurnDetection OFF = new Off();

    /** Detection by voice activity with the provider's own settings. */
    TurnDetection SERVER_VAD =
            new ServerVad(OptionalDouble.empty(), OptionalInt.empty(), OptionalInt.empty(), true, true);

    /** What stands in the session. */
    JsonNode json();

    /** No detection. */
    record Off() implements TurnDetection {
        @Override
        public JsonNode json() {
            return JsonNodeFactory.instance.nullNode();
        }
    }

    /**
     * Detection by voice activity.
     *
     * @param threshold how sure it must be that this is speech, 0 to 1
     * @param prefixPaddingMs audio kept from before the speech, in ms
     * @param silenceDurationMs silence that ends the turn, in ms
     * @param createResponse whether the turn's end asks for a response
     * @param interruptResponse whether speech cancels the active response
     */
    record ServerVad(
            OptionalDouble threshold,
            OptionalInt prefixPaddingMs,
            OptionalInt silenceDurationMs,
            boolean createResponse,
            boolean interruptResponse)
            implements TurnDetection {

        public ServerVad {
            if (threshold.isPresent() && !(threshold.getAsDouble() >= 0 && threshold.getAsDouble() <= 1)) {
                throw new RealtimeException.InvalidConfig(
                        "turnDetection.threshold is " + threshold.getAsDouble() + "; it must be from 0 to 1");
            }
            notNegative("prefixPaddingMs", prefixPaddingMs);
            notNegative("silenceDurationMs", silenceDurationMs);
        }

        private static void notNegative(String name, OptionalInt ms) {
            if (ms.isPresent() && ms.getAsInt() < 0) {
                throw new RealtimeException.InvalidConfig(
                        "turnDetection." + name + " is " + ms.getAsInt() + " ms; it must not be negative");
            }
        }

        @Override
        public JsonNode json() {
            ObjectNode json = Json.object().put("type", "server_vad");
            threshold.ifPresent(t -> json.put("threshold", t));
            prefixPaddingMs.ifPresent(ms -> json.put("prefix_padding_ms", ms));
            silenceDurationMs.ifPresent(ms -> json.put("silence_duration_ms", ms));
            return json.put("create_response", createResponse).put("interrupt_response", interruptResponse);
        }
    }

    /**
     * Detection by meaning: waits longer where the user seems not to have finished.
     *
     * @param eagerness {@code low}, {@code medium}, {@code high} or {@code auto}; null: the provider's default
     */
    record SemanticVad(@Nullable String eagerness) implements TurnDetection {
        @Override
        public JsonNode json() {
            ObjectNode json = Json.object().put("type", "semantic_vad");
            return eagerness == null ? json : json.put("eagerness", eagerness);
        }
    }
}
