package dev.parley.local.settings;

import dev.parley.protocol.Json;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns by what was said: {@code turn_detection} of type {@code semantic_vad}. A turn whose words are understood is
 * complete and ends after a short silence; one that is not yet may go on for seconds.
 */
public record SemanticVad(Eagerness eagerness, boolean createResponse, boolean interruptResponse)
        implements TurnSettings {
    static final String TYPE = "semantic_vad";
    static final SemanticVad DEFAULT = new SemanticVad(Eagerness.AUTO, true, true);

    /** How soon a silence is taken for the end. */
    public enum Eagerness {
        AUTO(500, 4_000),
        LOW(1_000, 8_000),
        MEDIUM(500, 4_000),
        HIGH(300, 2_000);

        private final int completeMs;
        private final int longestMs;

        Eagerness(int completeMs, int longestMs) {
            this.completeMs = completeMs;
            this.longestMs = longestMs;
        }

        private String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public double threshold() {
        return ServerVad.DEFAULT.threshold();
    }

    @Override
    public int prefixPaddingMs() {
        return ServerVad.DEFAULT.prefixPaddingMs();
    }

    @Override
    public int longestSilenceMs() {
        return eagerness.longestMs;
    }

    @Override
    public int completeSilenceMs() {
        return eagerness.completeMs;
    }

    @Override
    public ObjectNode json() {
        ObjectNode json = Json.object().put("type", TYPE).put("eagerness", eagerness.wireName());
        return json.put("create_response", createResponse).put("interrupt_response", interruptResponse);
    }

    static SemanticVad merge(JsonNode asked, SemanticVad base) {
        return new SemanticVad(
                asked.path("eagerness")
                        .asStringOpt()
                        .map(name -> Eagerness.valueOf(name.toUpperCase(Locale.ROOT)))
                        .orElse(base.eagerness),
                asked.path("create_response").asBoolean(base.createResponse),
                asked.path("interrupt_response").asBoolean(base.interruptResponse));
    }
}
