package dev.parley.guardrail.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The text in what a client sends the model to read. */
final class UserText {
    /** Fields that name things and tell nothing. */
    private static final Set<String> NAMES = Set.of(
            "id", "type", "role", "status", "object", "call_id", "name", "audio", "image_url", "detail", "format");

    /** Words of JSON Schema and of tools' declarations, which tell nothing. */
    private static final Set<String> SCHEMA = Set.of(
            "type",
            "name",
            "description",
            "parameters",
            "properties",
            "required",
            "items",
            "enum",
            "additionalProperties",
            "strict",
            "default",
            "format",
            "title",
            "function",
            "object",
            "string",
            "number",
            "integer",
            "boolean",
            "array",
            "null",
            "mcp",
            "server_label",
            "server_url");
    /** What the provider shows a server of tools, and not the model. */
    private static final Set<String> SECRETS = Set.of("authorization", "headers");

    private UserText() {}

    /** The text of an item; empty: it has none. */
    static String ofItem(JsonNode item) {
        List<String> found = new ArrayList<>();
        gather(item, found);
        return String.join("\n", found);
    }

    /** The text that a request for a response brings along beside the conversation; empty: none. */
    static String ofResponse(JsonNode response) {
        List<String> found = new ArrayList<>();
        gather(response.path("instructions"), found);
        gather(response.path("input"), found);
        declared(response, found);
        return String.join("\n", found);
    }

    /** The text of tools and prompt variables with which a session is to be set; empty: none. */
    static String ofSession(JsonNode session) {
        List<String> found = new ArrayList<>();
        declared(session, found);
        return String.join("\n", found);
    }

    private static void declared(JsonNode of, List<String> found) {
        all(of.path("tools"), found);
        all(of.path("prompt").path("variables"), found);
    }

    /** All text in free form, where what names something may tell something, too. */
    private static void all(JsonNode node, List<String> found) {
        if (node.isString()) {
            String text = node.asString();
            if (!text.isBlank() && !SCHEMA.contains(text)) {
                found.add(text);
            }
        } else if (node.isArray()) {
            node.forEach(each -> all(each, found));
        } else {
            boolean mcp = node.path("type").asString("").equals("mcp");
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                if (mcp && SECRETS.contains(field.getKey())) {
                    continue;
                }
                if (!SCHEMA.contains(field.getKey())) {
                    found.add(field.getKey());
                }
                all(field.getValue(), found);
            }
        }
    }

    /** Whether there is speech in an item, or in several, which no text tells of. */
    static boolean speech(JsonNode node) {
        if (node.path("type").asString("").equals("input_audio") || node.has("audio")) {
            return true;
        }
        for (JsonNode each : node) {
            if (speech(each)) {
                return true;
            }
        }
        return false;
    }

    private static void gather(JsonNode node, List<String> found) {
        if (node.isString()) {
            String text = node.asString();
            if (!text.isBlank()) {
                found.add(text);
            }
        } else if (node.isArray()) {
            node.forEach(each -> gather(each, found));
        } else {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                if (!NAMES.contains(field.getKey())) {
                    gather(field.getValue(), found);
                }
            }
        }
    }
}
