package dev.parley.turn;

import dev.parley.protocol.Json;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A response that the gateway wants: asked for as soon as no other is active.
 *
 * @param response the {@code response} of the {@code response.create}; empty: none
 * @param satisfiedByAny whether any response will do that is asked for, or comes by itself, after the wish was made and
 *     takes note of the conversation, as for one that only has to take note of new items
 * @param done told on the lane: the {@code response} of {@code response.done}, or a missing node if there will be none
 */
public record ResponseWish(Optional<ObjectNode> response, boolean satisfiedByAny, Consumer<JsonNode> done) {
    private static final String SAY = "Say exactly the following, word for word, and nothing else: ";

    /** A response to what is in the conversation. */
    public static ResponseWish next() {
        return new ResponseWish(Optional.empty(), true, response -> {});
    }

    /** A response to what is in the conversation, of its own. */
    public static ResponseWish answer(Consumer<JsonNode> done) {
        return new ResponseWish(Optional.empty(), false, done);
    }

    /**
     * A response that says these words and nothing else.
     *
     * @param verbatim whether the provider takes the words as they are, see
     *     {@link dev.parley.provider.Capabilities#verbatim}
     */
    public static ResponseWish say(String words, boolean verbatim, Consumer<JsonNode> done) {
        ObjectNode response = Json.object();
        if (verbatim) {
            response.putObject("parley").put("say", words);
        } else {
            response.put("instructions", SAY + words).put("tool_choice", "none").putArray("input");
        }
        return new ResponseWish(Optional.of(response), false, done);
    }

    /** The words of a wish that {@link #say} made; empty: it is another. */
    public Optional<String> words() {
        JsonNode wanted = response.<JsonNode>map(each -> each).orElseGet(MissingNode::getInstance);
        return wanted.path("parley")
                .path("say")
                .asStringOpt()
                .or(() -> wanted.path("instructions")
                        .asStringOpt()
                        .filter(text -> text.startsWith(SAY))
                        .map(text -> text.substring(SAY.length())));
    }
}
