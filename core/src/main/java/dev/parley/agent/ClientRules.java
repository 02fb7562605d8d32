package dev.parley.agent;

import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.EventType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client may do to the agent that it talks to: its own tools stand beside the server's, and the server's
 * instructions and tools stay as they are. Judges by the event's fields whatever its type, since a provider may know the
 * same event by another name. Lane only.
 */
final class ClientRules {
    /** The longest event with tools, in bytes: they are kept for as long as the session lasts. */
    private static final int LONGEST = 256 << 10;

    private final ToolList tools;
    private boolean instructions;

    /**
     * The rules for a session.
     *
     * @param instructions whether the server has set any
     */
    ClientRules(ToolList tools, boolean instructions) {
        this.tools = tools;
        this.instructions = instructions;
    }

    /** Whether the instructions are the server's. */
    boolean instructions() {
        return instructions;
    }

    /** The server has set instructions. */
    void instructionsSet() {
        instructions = true;
    }

    /** Why the client may not send this, or null. */
    @Nullable
    ErrorDetail fault(ControlEvent control) {
        ObjectNode event = control.jsonOrEmpty();
        boolean declares =
                event.path("session").has("tools") || event.path("response").has("tools");
        if (declares && control.wire().length() > LONGEST) {
            return ErrorDetail.invalid(
                    "invalid_value",
                    "The event is " + control.wire().length() + " bytes long; with tools it may have " + LONGEST
                            + ". Declare fewer tools, or smaller ones.",
                    event.path("session").has("tools") ? "session.tools" : "response.tools");
        }
        ErrorDetail fault = settings(event.path("session"), "session");
        fault = fault == null ? settings(event.path("response"), "response") : fault;
        fault = fault == null ? item(event.path("item"), "item") : fault;
        int index = 0;
        for (JsonNode item : event.path("response").path("input")) {
            fault = fault == null ? item(item, "response.input[" + index++ + "]") : fault;
        }
        return fault;
    }

    private @Nullable ErrorDetail settings(JsonNode of, String param) {
        if (instructions && (of.has("instructions") || of.has("prompt"))) {
            String field = of.has("instructions") ? "instructions" : "prompt";
            return refusal("The instructions are the server's; a client may not change them.", param + "." + field);
        }
        int index = 0;
        for (JsonNode entry : of.path("tools")) {
            String at = param + ".tools[" + index++ + "].";
            String name = entry.path("name").asString("");
            String label = entry.path("server_label").asString("");
            if (tools.own(name).isPresent() || tools.remote(label)) {
                boolean function = tools.own(name).isPresent();
                return refusal(
                        "The name '" + (function ? name : label) + "' is taken; give the tool another.",
                        at + (function ? "name" : "server_label"));
            }
        }
        return tools.namesOwn(of.path("tool_choice"))
                ? refusal("There is no such tool among the client's.", param + ".tool_choice")
                : null;
    }

    private @Nullable ErrorDetail item(JsonNode item, String param) {
        if (item.path("type").asString("").equals("function_call")
                && tools.own(item.path("name").asString("")).isPresent()) {
            return refusal("Calls of this tool are the model's; a client may not add one.", param + ".name");
        }
        return instructions && item.path("role").asString("").equals("system")
                ? refusal("Items of the role 'system' are instructions, which are the server's.", param + ".role")
                : null;
    }

    /** What goes on of an event that sets tools: with the server's among them. Any other as it is. */
    ControlEvent merged(ControlEvent event) {
        ObjectNode json = event.jsonOrEmpty();
        JsonNode session = json.path("session").path("tools");
        JsonNode response = json.path("response").path("tools");
        if (session.isMissingNode() && response.isMissingNode()) {
            return event;
        }
        ObjectNode merged = json.deepCopy();
        if (event.type().equals(EventType.SESSION_UPDATE)) {
            tools.declare(session);
        } else {
            tools.declareAlso(session);
        }
        tools.declareAlso(response);
        if (merged.get("session") instanceof ObjectNode of && of.has("tools")) {
            of.set("tools", tools.with(session));
        }
        if (merged.get("response") instanceof ObjectNode of && of.has("tools")) {
            of.set("tools", tools.with(response));
        }
        return ControlEvent.of(merged);
    }

    private static ErrorDetail refusal(String message, String param) {
        return ErrorDetail.invalid("not_allowed", message, param);
    }
}
