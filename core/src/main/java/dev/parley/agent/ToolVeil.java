package dev.parley.agent;

import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.EventType;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the server's instructions, tools and their calls from the client's eyes, so that what is left is a conversation
 * that is whole in itself. Lane only.
 */
final class ToolVeil {
    private static final Logger LOG = LoggerFactory.getLogger(ToolVeil.class);

    private static final Set<EventType> ITEMS = Set.of(
            EventType.OUTPUT_ITEM_ADDED,
            EventType.OUTPUT_ITEM_DONE,
            EventType.ITEM_ADDED,
            EventType.ITEM_DONE,
            EventType.ITEM_CREATED,
            EventType.ITEM_RETRIEVED,
            EventType.INPUT_AUDIO_COMMITTED);
    private static final Set<EventType> OF_ITEMS = Set.of(
            EventType.ITEM_DELETED,
            EventType.ITEM_TRUNCATED,
            EventType.FUNCTION_ARGUMENTS_DELTA,
            EventType.FUNCTION_ARGUMENTS_DONE,
            EventType.MCP_ARGUMENTS_DELTA,
            EventType.MCP_ARGUMENTS_DONE,
            EventType.MCP_CALL_IN_PROGRESS,
            EventType.MCP_CALL_COMPLETED,
            EventType.MCP_CALL_FAILED,
            EventType.MCP_LIST_TOOLS_IN_PROGRESS,
            EventType.MCP_LIST_TOOLS_COMPLETED,
            EventType.MCP_LIST_TOOLS_FAILED);
    /** How many ids are kept: more than a session of an hour has in a context. */
    private static final int KEPT = 4_096;
    /** How many texts are kept. */
    private static final int FEW = 32;

    private final ToolList tools;
    private final ClientRules rules;
    /** The hidden items and calls. */
    private final SequencedSet<String> hidden = new LinkedHashSet<>();
    /** The last item before each hidden one that is not hidden itself. */
    private final Map<String, String> before = new LinkedHashMap<>();
    /** The texts of the gateway's own messages that the provider has not shown yet. */
    private final SequencedSet<String> notes = new LinkedHashSet<>();

    ToolVeil(ToolList tools, ClientRules rules) {
        this.tools = tools;
        this.rules = rules;
    }

    /** An item or a call is hidden, by its id. */
    void hide(String id) {
        keep(hidden, id);
    }

    /** A message of this id and text is hidden; a provider may give it an id of its own. */
    void note(String id, String text) {
        hide(id);
        keep(notes, text, FEW);
    }

    /** Whether an item or a call is hidden. */
    boolean hides(String id) {
        return hidden.contains(id);
    }

    private static void keep(SequencedSet<String> ids, String id) {
        keep(ids, id, KEPT);
    }

    private static void keep(SequencedSet<String> texts, String text, int most) {
        if (!text.isEmpty() && texts.add(text) && texts.size() > most) {
            texts.removeFirst();
        }
    }

    /** What the client sees of an event of the provider, or null if nothing. */
    @Nullable
    ControlEvent shown(ControlEvent event) {
        EventType type = event.type();
        if (ITEMS.contains(type)) {
            return item(event);
        }
        if (OF_ITEMS.contains(type)) {
            ObjectNode json = event.jsonOrEmpty();
            // Some of a provider's own calls come before the item that says whose they are.
            boolean own = type.name().contains("mcp_") && tools.onlyOwnServers();
            return own || hides(text(json, "item_id")) || hides(text(json, "call_id")) ? null : event;
        }
        if (type.equals(EventType.RESPONSE_CREATED) || type.equals(EventType.RESPONSE_DONE)) {
            return within(event, "response");
        }
        if (type.equals(EventType.SESSION_CREATED) || type.equals(EventType.SESSION_UPDATED)) {
            return within(event, "session");
        }
        if (type.equals(EventType.ERROR)) {
            return error(event);
        }
        // What a provider has of its own may quote anything.
        return EventType.known(type.name()).isPresent() || !quotes(event) ? event : null;
    }

    private @Nullable ControlEvent item(ControlEvent event) {
        ObjectNode json = event.jsonOrEmpty();
        JsonNode item = json.path("item");
        JsonNode previous = json.path("previous_item_id");
        String seen = hides(previous.asString("")) ? before.get(previous.asString("")) : previous.asString(null);
        if (hides(item)) {
            String id = text(item, "id");
            hide(id);
            hide(text(item, "call_id"));
            if (seen != null) {
                before.putIfAbsent(id, seen);
                if (before.size() > KEPT) {
                    before.remove(before.keySet().iterator().next());
                }
            }
            return null;
        }
        if (!hides(previous.asString(""))) {
            return event;
        }
        ObjectNode copy = json.deepCopy();
        copy.put("previous_item_id", seen);
        return ControlEvent.of(copy);
    }

    private boolean hides(JsonNode item) {
        boolean noted = !notes.isEmpty()
                && notes.remove(item.path("content").path(0).path("text").asString(""));
        if (noted || hides(text(item, "id"))) {
            return true;
        }
        String type = text(item, "type");
        return switch (type) {
            case "function_call" -> !tools.declared(text(item, "name"));
            case "function_call_output" -> hides(text(item, "call_id"));
            case "mcp_approval_response" -> hides(text(item, "approval_request_id"));
            default -> type.startsWith("mcp_") && tools.remote(text(item, "server_label"));
        };
    }

    /** An event whose session or response tells what clients are not to see, without that. */
    private ControlEvent within(ControlEvent event, String name) {
        ObjectNode copy = event.jsonOrEmpty().deepCopy();
        if (!(copy.get(name) instanceof ObjectNode told)) {
            return event;
        }
        if (rules.instructions()) {
            told.remove(Set.of("instructions", "prompt"));
        }
        if (tools.namesOwn(told.path("tool_choice"))) {
            told.remove("tool_choice");
        }
        if (told.get("tools") instanceof ArrayNode entries) {
            entries.removeIf(tools::own);
        }
        if (told.get("output") instanceof ArrayNode items) {
            items.removeIf(this::hides);
        }
        return copy.equals(event.jsonOrEmpty()) ? event : ControlEvent.of(copy);
    }

    private ControlEvent error(ControlEvent event) {
        if (!quotes(event)) {
            return event;
        }
        LOG.warn(
                "The provider refused an agent's settings: {}",
                text(event.jsonOrEmpty().path("error"), "code"));
        return ErrorDetail.server("server_error", "The provider refused something that the client has not sent.")
                .event(text(event.jsonOrEmpty(), "event_id"), null);
    }

    /** Whether the name of a tool of the server's stands anywhere in an event, in quotes of any kind. */
    private boolean quotes(ControlEvent event) {
        if (!tools.anyOwn()) {
            return false;
        }
        String text = event.wire().text(0, event.wire().length());
        return tools.ownNames()
                .anyMatch(name -> text.contains("'" + name + "'")
                        || text.contains("\"" + name + "\"")
                        || text.contains("\\\"" + name + "\\\""));
    }

    private static String text(JsonNode of, String field) {
        return of.path(field).asString("");
    }
}
