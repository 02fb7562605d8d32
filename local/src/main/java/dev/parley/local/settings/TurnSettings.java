package dev.parley.local.settings;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How the server finds turns: a session's {@code turn_detection}. */
public sealed interface TurnSettings permits ServerVad, SemanticVad {
    TurnSettings DEFAULT = ServerVad.DEFAULT;

    /** How sure the detector must be that a frame is speech, 0 to 1. */
    double threshold();

    /** Audio kept from before the speech, in ms. */
    int prefixPaddingMs();

    /** The silence that ends a turn whatever was said, in ms. */
    int longestSilenceMs();

    /** The silence that ends a turn which sounds complete, in ms; at most {@link #longestSilenceMs}. */
    int completeSilenceMs();

    /** Whether the end of a turn asks for a response. */
    boolean createResponse();

    /** Whether speech ends the active response. */
    boolean interruptResponse();

    /** As a session shows it. */
    ObjectNode json();

    static @Nullable TurnSettings of(JsonNode json) {
        if (!json.isObject()) {
            return null;
        }
        return json.path("type").asString("").equals(SemanticVad.TYPE) ? SemanticVad.of(json) : ServerVad.of(json);
    }

    /** The settings after an update whose {@code turn_detection} is set; null: off. */
    static @Nullable TurnSettings merge(Fields input, @Nullable TurnSettings known) {
        if (input.isNull("turn_detection")) {
            return null;
        }
        Fields asked = input.object("turn_detection");
        String type = known instanceof SemanticVad ? SemanticVad.TYPE : ServerVad.TYPE;
        if (asked.given("type")) {
            type = asked.oneOf("type", List.of(ServerVad.TYPE, SemanticVad.TYPE));
        }
        // What one kind was set to means nothing to the other.
        return type.equals(SemanticVad.TYPE)
                ? SemanticVad.merge(asked, known instanceof SemanticVad semantic ? semantic : SemanticVad.DEFAULT)
                : ServerVad.merge(asked, known instanceof ServerVad server ? server : ServerVad.DEFAULT);
    }

    /** Refuses every field but these and the ones that both kinds have. */
    static void only(Fields asked, Set<String> own) {
        for (String name : asked.json().propertyNames()) {
            if (!own.contains(name)
                    && !Set.of("type", "create_response", "interrupt_response").contains(name)) {
                throw Refused.of("unknown_parameter", "Unknown parameter: '" + asked.at(name) + "'.", asked.at(name));
            }
        }
    }
}
