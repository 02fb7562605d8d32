package dev.parley.dialect;

import dev.parley.protocol.EventType;
import dev.parley.protocol.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The shape of the objects inside events: sessions, responses, items. One value serves both directions, and clients'
 * and servers' events alike.
 *
 * @param session where the fields of a session stand
 * @param response where the fields of a response stand
 * @param flat whether this is the beta's shape: no {@code session.type}, transcription sessions with events of their own,
 *     {@code object} in items, a temperature
 * @param oldContent whether content that the assistant gives is {@code text} and {@code audio}
 * @param nestedTools whether a function's fields stand under {@code function}
 */
record Shape(List<Move> session, List<Move> response, boolean flat, boolean oldContent, boolean nestedTools) {
    private static final Set<EventType> SESSIONS =
            Set.of(EventType.SESSION_UPDATE, EventType.SESSION_CREATED, EventType.SESSION_UPDATED);
    private static final Set<EventType> RESPONSES =
            Set.of(EventType.RESPONSE_CREATE, EventType.RESPONSE_CREATED, EventType.RESPONSE_DONE);
    private static final Set<EventType> ITEMS = Set.of(
            EventType.ITEM_CREATE,
            Types.ITEM_CREATED,
            EventType.ITEM_ADDED,
            EventType.ITEM_DONE,
            EventType.ITEM_RETRIEVED,
            EventType.OUTPUT_ITEM_ADDED,
            EventType.OUTPUT_ITEM_DONE);

    private static final Map<String, String> OLD_TO_NEW = Map.of("text", "output_text", "audio", "output_audio");
    private static final Map<String, String> NEW_TO_OLD = Map.of("output_text", "text", "output_audio", "audio");

    /** The same shape, only understood; what is written is GA. */
    Shape understood() {
        return new Shape(
                session.stream().map(Move::understood).toList(),
                response.stream().map(Move::understood).toList(),
                false,
                false,
                false);
    }

    /** The rule that gives events the shape of GA. */
    Step toGa() {
        return Step.change(
                Types.all(List.of(SESSIONS, RESPONSES, ITEMS, Types.TRANSCRIPTION_SESSIONS, Types.ERRORS)), event -> {
                    EventType type = EventType.of(event.path("type").asString(""));
                    if (Types.TRANSCRIPTION_SESSIONS.contains(type)) {
                        event.put("type", type.name().substring("transcription_".length()));
                        Move.ifObject(event.get("session"), session -> sessionToGa(session, "transcription"));
                    } else if (SESSIONS.contains(type)) {
                        Move.ifObject(event.get("session"), session -> sessionToGa(session, "realtime"));
                    } else if (RESPONSES.contains(type)) {
                        Move.ifObject(event.get("response"), response -> {
                            Move.toGa(this.response, response);
                            response.remove("temperature");
                            contents(response, Shape::itemToGa);
                            tools(response, Shape::flatTool);
                        });
                    } else if (ITEMS.contains(type)) {
                        Move.ifObject(event.get("item"), Shape::itemToGa);
                    } else {
                        param(event, true);
                    }
                });
    }

    /** The rule that gives events the peer's shape. */
    Step fromGa() {
        return Step.change(Types.all(List.of(SESSIONS, RESPONSES, ITEMS, Types.ERRORS)), event -> {
            EventType type = EventType.of(event.path("type").asString(""));
            boolean server = !Types.CLIENTS.contains(type);
            if (SESSIONS.contains(type)) {
                Move.ifObject(event.get("session"), session -> {
                    if (flat && session.path("type").asString("").equals("transcription")) {
                        event.put("type", "transcription_" + type.name());
                    }
                    sessionFromGa(session, server);
                });
            } else if (RESPONSES.contains(type)) {
                Move.ifObject(event.get("response"), response -> {
                    Move.fromGa(this.response, response);
                    contents(response, item -> itemFromGa(item, server));
                    if (nestedTools) {
                        tools(response, Shape::nestedTool);
                    }
                });
            } else if (ITEMS.contains(type)) {
                Move.ifObject(event.get("item"), item -> itemFromGa(item, server));
            } else {
                param(event, false);
            }
        });
    }

    private void sessionToGa(ObjectNode session, String type) {
        if (!session.has("type")) {
            session.put("type", type);
        }
        Move.toGa(this.session, session);
        session.remove("temperature");
        tools(session, Shape::flatTool);
    }

    private void sessionFromGa(ObjectNode session, boolean server) {
        Move.fromGa(this.session, session);
        if (flat) {
            session.remove("type");
            if (server) {
                session.put("temperature", 0.8);
            }
        }
        if (nestedTools) {
            tools(session, Shape::nestedTool);
        }
    }

    /** The items that a response gives, or is asked to start from. */
    private static void contents(ObjectNode response, Consumer<ObjectNode> change) {
        for (String list : List.of("output", "input")) {
            for (JsonNode item : response.path(list)) {
                Move.ifObject(item, change);
            }
        }
    }

    private static void itemToGa(ObjectNode item) {
        content(item, OLD_TO_NEW);
        if (!item.path("type").asString("message").equals("message")) {
            // Only messages have a speaker.
            item.remove("role");
        }
    }

    private void itemFromGa(ObjectNode item, boolean server) {
        if (oldContent) {
            content(item, NEW_TO_OLD);
        }
        if (flat && server && !item.has("object")) {
            item.put("object", "realtime.item");
        }
    }

    private static void content(ObjectNode item, Map<String, String> names) {
        String role = item.path("role").asString("assistant");
        for (JsonNode part : item.path("content")) {
            String name = names.get(part.path("type").asString(""));
            if (name != null && role.equals("assistant") && part instanceof ObjectNode object) {
                object.put("type", name);
            }
        }
    }

    private static void tools(ObjectNode holder, UnaryOperator<ObjectNode> change) {
        if (holder.get("tools") instanceof ArrayNode tools) {
            ArrayNode changed = JsonNodeFactory.instance.arrayNode();
            tools.forEach(tool -> changed.add(tool instanceof ObjectNode object ? change.apply(object) : tool));
            holder.set("tools", changed);
        }
    }

    private static ObjectNode flatTool(ObjectNode tool) {
        if (!(tool.get("function") instanceof ObjectNode function)) {
            return tool;
        }
        ObjectNode flat = tool.deepCopy();
        flat.remove("function");
        flat.setAll(function);
        return flat;
    }

    private static ObjectNode nestedTool(ObjectNode tool) {
        if (!tool.path("type").asString("").equals("function") || tool.has("function")) {
            return tool;
        }
        ObjectNode function = tool.deepCopy();
        function.remove("type");
        ObjectNode nested = Json.object().put("type", "function");
        nested.set("function", function);
        return nested;
    }

    /** The field that an error names, where the one who reads the error has it. */
    private void param(ObjectNode event, boolean toGa) {
        if (event.get("error") instanceof ObjectNode error
                && error.path("param").isString()) {
            String param = error.path("param").asString();
            error.put("param", Move.path(response, "response.", Move.path(session, "session.", param, toGa), toGa));
        }
    }
}
