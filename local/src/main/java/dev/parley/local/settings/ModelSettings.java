package dev.parley.local.settings;

import dev.parley.local.mind.Tool;
import dev.parley.local.mind.ToolChoice;
import dev.parley.protocol.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The settings that a session and a single response have in common: what to say, how, and with which tools. */
public final class ModelSettings {
    private static final List<String> CHOICES = List.of("none", "auto", "required");
    private static final int MOST_TOOLS = 256;

    private ModelSettings() {}

    /** Checks what is set and writes it into the target, which has the fields of a session. */
    public static void merge(Fields update, ObjectNode target) {
        if (update.given("output_modalities")) {
            target.putArray("output_modalities").add(modality(update));
        }
        if (update.given("instructions")) {
            target.put("instructions", update.string("instructions"));
        }
        if (update.given("tools")) {
            target.set("tools", tools(update));
        }
        if (update.has("parallel_tool_calls")) {
            target.put("parallel_tool_calls", update.flag("parallel_tool_calls"));
        }
        if (update.given("max_output_tokens")) {
            mergeLimit(update, target);
        }
        if (update.given("prompt")) {
            throw Refused.unsupported(update.at("prompt"), "stored prompts; send instructions");
        }
        if (update.given("tool_choice")) {
            target.set("tool_choice", toolChoice(update));
        }
        if (target.path("tool_choice").isObject()) {
            checkChosen(update, target);
        }
    }

    private static String modality(Fields update) {
        boolean audio = false;
        ArrayNode asked = update.array("output_modalities");
        for (int i = 0; i < asked.size(); i++) {
            JsonNode one = asked.get(i);
            String name = "output_modalities[" + i + "]";
            if (!one.isString()) {
                throw update.type(name, "a string", one);
            }
            if (!one.asString().equals("audio") && !one.asString().equals("text")) {
                throw update.choice(name, one.asString(), List.of("text", "audio"));
            }
            audio |= one.asString().equals("audio");
        }
        if (asked.isEmpty()) {
            throw Refused.value(
                    update.at("output_modalities"), "Invalid modalities: []. Supported are ['text'] and ['audio'].");
        }
        return audio ? "audio" : "text";
    }

    private static void mergeLimit(Fields update, ObjectNode target) {
        JsonNode limit = update.raw("max_output_tokens");
        if (limit.isString() && limit.asString().equals("inf")) {
            target.put("max_output_tokens", "inf");
        } else if (limit.isString()) {
            throw Refused.value(
                    update.at("max_output_tokens"),
                    "Invalid value for 'max_output_tokens': expected an integer from 1 to 4096, or 'inf'.");
        } else {
            target.put("max_output_tokens", update.integer("max_output_tokens", 1, 4096));
        }
    }

    private static ArrayNode tools(Fields update) {
        ArrayNode tools = update.array("tools");
        if (tools.size() > MOST_TOOLS) {
            throw Refused.value(update.at("tools"), "There may be at most " + MOST_TOOLS + " tools.");
        }
        ArrayNode shown = tools.arrayNode();
        for (int i = 0; i < tools.size(); i++) {
            Fields tool = update.element("tools", i);
            String type = tool.oneOf("type", List.of("function", "mcp"));
            if (type.equals("mcp")) {
                throw Refused.unsupported(tool.path(), "MCP tools");
            }
            tool.only(Set.of("type", "name", "description", "parameters"));
            if (!tool.string("name").matches("[a-zA-Z0-9_-]{1,64}")) {
                throw Refused.value(
                        tool.at("name"),
                        "Invalid '" + tool.at("name") + "': expected 1 to 64 letters, digits, underscores and dashes.");
            }
            tool.optional("description");
            if (tool.given("parameters")) {
                tool.object("parameters");
            }
            // In OpenAI's order, whatever the client's.
            ObjectNode copy = shown.addObject();
            for (String name : List.of("type", "name", "description", "parameters")) {
                if (tool.has(name)) {
                    copy.set(name, tool.raw(name).deepCopy());
                }
            }
        }
        return shown;
    }

    private static JsonNode toolChoice(Fields update) {
        JsonNode choice = update.raw("tool_choice");
        if (choice.isString()) {
            update.oneOf("tool_choice", CHOICES);
            return choice;
        }
        Fields named = update.object("tool_choice");
        if (named.oneOf("type", List.of("function", "mcp")).equals("mcp")) {
            throw Refused.unsupported(named.path(), "MCP tools");
        }
        return Json.object().put("type", "function").put("name", named.string("name"));
    }

    private static void checkChosen(Fields update, ObjectNode target) {
        String chosen = target.path("tool_choice").path("name").asString();
        for (JsonNode tool : target.path("tools")) {
            if (tool.path("name").asString().equals(chosen)) {
                return;
            }
        }
        throw Refused.value(
                update.at("tool_choice"),
                "Tool choice names a function that is not among the tools: '" + chosen + "'.");
    }

    /** The tools as a mind takes them. */
    public static List<Tool> toolsOf(JsonNode settings) {
        List<Tool> tools = new ArrayList<>();
        for (JsonNode tool : settings.path("tools")) {
            tools.add(new Tool(
                    tool.path("name").asString(),
                    tool.path("description").asString(""),
                    tool.path("parameters") instanceof ObjectNode schema ? schema.deepCopy() : Json.object()));
        }
        return tools;
    }

    /** Whether one response may call several tools. */
    public static boolean parallelCalls(JsonNode settings) {
        return settings.path("parallel_tool_calls").asBoolean(true);
    }

    public static ToolChoice choiceOf(JsonNode settings) {
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
