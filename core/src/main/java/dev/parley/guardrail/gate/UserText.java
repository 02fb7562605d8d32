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
        gather(response.path("prompt").path("variables"), found);
        return String.join("\n", found);
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
