package dev.parley.provider.reply;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Parley's own addition to {@code response.create}: {@code "response":{"parley":{"say":WORDS}}} asks for a response that
 * says these words. {@link dev.parley.provider.Capabilities#verbatim}
 */
public final class Verbatim {
    private static final String FIELD = "parley";
    private static final int LONGEST = 64_000;

    private Verbatim() {}

    /**
     * Takes the addition out of an event, which then is one of OpenAI's.
     *
     * @return the words to say; null: the event has no such addition
     * @throws Refused if it is there and wrong
     */
    public static @Nullable String take(ObjectNode event) {
        if (!(event.get("response") instanceof ObjectNode response) || !response.has(FIELD)) {
            return null;
        }
        JsonNode addition = response.remove(FIELD);
        JsonNode words = addition.path("say");
        if (!Set.copyOf(addition.propertyNames()).equals(Set.of("say"))
                || !words.isString()
                || words.asString().isBlank()) {
            throw Refused.value(
                    "response.parley",
                    "Invalid 'response.parley': expected an object with the words to say, as 'say'.");
        }
        if (words.asString().length() > LONGEST) {
            throw Refused.value(
                    "response.parley.say",
                    "Invalid 'response.parley.say': at most " + LONGEST + " characters can be said at once.");
        }
        return words.asString();
    }
}
