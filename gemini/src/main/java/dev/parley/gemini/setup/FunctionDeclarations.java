package dev.parley.gemini.setup;

import dev.parley.protocol.Json;
import dev.parley.provider.reply.Refused;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A session's tools as Gemini takes them: {@code tools[0].functionDeclarations}. */
final class FunctionDeclarations {
    private FunctionDeclarations() {}

    /**
     * The declarations of functions.
     *
     * @param tools as they stand in a session
     * @throws Refused if one cannot be declared
     */
    static ArrayNode of(JsonNode tools, String path, GeminiModel model) {
        ArrayNode declarations = Json.object().putArray("functionDeclarations");
        for (int i = 0; i < tools.size(); i++) {
            declare(tools.path(i), path + "[" + i + "]", model, declarations.addObject());
        }
        return declarations;
    }

    private static void declare(JsonNode tool, String path, GeminiModel model, ObjectNode declaration) {
        String name = tool.path("name").asString("");
        if (!name.matches("[A-Za-z_].*")) {
            throw Refused.unsupported(
                    SessionSettings.PROVIDER, path + ".name", "names of functions that begin with a digit or a dash");
        }
        declaration
                .put("name", name)
                .put("description", tool.path("description").asString(""));
        if (!model.toolBehavior().isEmpty()) {
            declaration.put("behavior", model.toolBehavior());
        }
        if (!(tool.path("parameters") instanceof ObjectNode parameters)) {
            return;
        }
        if (model.jsonSchema()) {
            ObjectNode schema = parameters.deepCopy();
            schema.remove("$schema");
            schema.remove("strict");
            declaration.set("parametersJsonSchema", schema);
        } else {
            ObjectNode schema = ToolSchema.of(parameters, path + ".parameters");
            // An object without properties is refused where parameters may be left out.
            if (!schema.path("properties").isEmpty()) {
                declaration.set("parameters", schema);
            }
        }
    }
}
