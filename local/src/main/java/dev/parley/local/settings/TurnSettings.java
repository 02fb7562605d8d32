package dev.parley.local.settings;

import dev.parley.provider.reply.Refused;
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

    /** The settings that a session shows; null: off. */
    static @Nullable TurnSettings of(JsonNode shown) {
        return shown.isObject() ? merge(shown, "", null) : null;
    }

    /**
     * The settings after an update. What one kind was set to means nothing to the other.
     *
     * @param path where the update stands in its event
     * @throws Refused if a value is out of its range
     */
    static TurnSettings merge(JsonNode asked, String path, @Nullable TurnSettings known) {
        return asked.path("type").asString("").equals(SemanticVad.TYPE)
                ? SemanticVad.merge(asked, known instanceof SemanticVad semantic ? semantic : SemanticVad.DEFAULT)
                : ServerVad.merge(asked, path, known instanceof ServerVad server ? server : ServerVad.DEFAULT);
    }
}
