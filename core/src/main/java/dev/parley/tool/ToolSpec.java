package dev.parley.tool;

import dev.parley.RealtimeException;
import dev.parley.protocol.Json;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a tool is, to the model and to the session.
 *
 * @param name of letters, digits, {@code _} and {@code -}, at most 64 characters
 * @param description what it does, for the model
 * @param parameters a JSON Schema of the type {@code object}; not to be changed
 * @param timeout how long a call may take; then it is interrupted and the model is told
 * @param approval whether code must approve each call
 * @param meanwhile what to say if it takes long
 */
public record ToolSpec(
        String name,
        String description,
        ObjectNode parameters,
        Duration timeout,
        boolean approval,
        Optional<Meanwhile> meanwhile) {
    /** How long a call may take where nothing else is said. */
    public static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    public ToolSpec {
        if (!NAME.matcher(name).matches()) {
            throw new RealtimeException.InvalidConfig(
                    "the tool's name '" + name + "' cannot be used; take 1 to 64 letters, digits, '_' and '-'");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new RealtimeException.InvalidConfig("the timeout of the tool '" + name + "' is " + timeout.toMillis()
                    + " ms; it must be longer than 0");
        }
    }

    /** A tool with the usual timeout, which needs no approval. */
    public static ToolSpec of(String name, String description, ObjectNode parameters) {
        return new ToolSpec(name, description, parameters, USUAL_TIMEOUT, false, Optional.empty());
    }

    /** The tool as it stands in {@code session.tools}. */
    public ObjectNode json() {
        ObjectNode json =
                Json.object().put("type", "function").put("name", name).put("description", description);
        json.set("parameters", parameters.deepCopy());
        return json;
    }

    /**
     * What to say while a call takes long.
     *
     * @param words said as they are
     * @param after how long the call may take without them
     */
    public record Meanwhile(String words, Duration after) {}
}
