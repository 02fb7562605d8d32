package dev.parley.gemini.setup;

import tools.jackson.databind.node.ObjectNode;

/** The JSON schema of a function's arguments as Gemini takes it. Pure. */
final class ToolSchema {
    private ToolSchema() {}

    static ObjectNode of(ObjectNode parameters, String path) {
        return parameters.deepCopy();
    }
}
