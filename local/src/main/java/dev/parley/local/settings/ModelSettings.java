package dev.parley.local.settings;

import dev.parley.local.LocalProvider;
import dev.parley.local.mind.Tool;
import dev.parley.local.mind.ToolChoice;
import dev.parley.protocol.Json;
import dev.parley.provider.reply.Refused;
import dev.parley.provider.reply.SessionFields;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The settings that a session and a single response have in common: what to say, how, and with which tools. */
final class ModelSettings {
    /** The ones that hold as they were sent. */
    private static final List<String> PLAIN =
            List.of("output_modalities", "instructions", "tool_choice", "parallel_tool_calls", "max_output_tokens");

    private ModelSettings() {}

    /**
     * Writes what is set into the target, which has the fields of a session.
     *
     * @param path where the update stands in its event
     * @throws Refused if it asks for what there is not here
     */
    static void merge(ObjectNode update, String path, ObjectNode target) {
        for (String name : PLAIN) {
            if (update.has(name)) {
                target.set(name, update.path(name).deepCopy());
            }
        }
        if (update.has("tools")) {
            target.set("tools", SessionFields.functions(update.path("tools"), path + ".tools", LocalProvider.NAME));
        }
        if (update.hasNonNull("prompt")) {
            throw Refused.unsupported(LocalProvider.NAME, path + ".prompt", "stored prompts; send instructions");
        }
        JsonNode choice = target.path("tool_choice");
        if (choice.path("type").asString("").equals("mcp")) {
            throw Refused.unsupported(LocalProvider.NAME, path + ".tool_choice", "MCP tools");
        }
        if (choice.isObject()) {
            checkChosen(choice.path("name").asString(""), path, target);
        }
    }

    private static void checkChosen(String chosen, String path, ObjectNode target) {
        for (JsonNode tool : target.path("tools")) {
            if (tool.path("name").asString().equals(chosen)) {
                return;
            }
        }
        throw Refused.value(
                path + ".tool_choice", "Tool choice names a function that is not among the tools: '" + chosen + "'.");
    }

    /** The tools as a mind takes them. */
    static List<Tool> tools(JsonNode settings) {
        List<Tool> tools = new ArrayList<>();
        for (JsonNode tool : settings.path("tools")) {
            tools.add(new Tool(
                    tool.path("name").asString(),
                    tool.path("description").asString(""),
                    tool.path("parameters") instanceof ObjectNode schema ? schema.deepCopy() : Json.object()));
        }
        return tools;
    }

    static ToolChoice choice(JsonNode settings) {
        JsonNode choice = settings.path("tool_choice");
        if (choice.isObject()) {
            return new ToolChoice.Function(choice.path("name").asString());
        }
        return switch (choice.asString("auto")) {
            case "none" -> ToolChoice.NONE;
            case "required" -> ToolChoice.REQUIRED;
            default -> ToolChoice.AUTO;
        };
    }
}
