package dev.parley.server.demo;

import dev.parley.protocol.Json;
import dev.parley.server.call.FunctionCall;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import tools.jackson.databind.node.ObjectNode;

/**
 * The lights of a house, as a function that the model may call. Its answer holds something that only it can know, the
 * brightness, so that hearing it in the model's answer proves the way there and back.
 */
final class Lights {
    private static final String NAME = "set_light";

    private final Random random;
    private String last = "";

    Lights(Random random) {
        this.random = random;
    }

    /** The function's declaration, as in {@code session.tools}. */
    static ObjectNode declaration() {
        ObjectNode tool = Json.object()
                .put("type", "function")
                .put("name", NAME)
                .put("description", "Turns the light of a room on or off.");
        ObjectNode parameters = tool.putObject("parameters").put("type", "object");
        ObjectNode properties = parameters.putObject("properties");
        properties.putObject("room").put("type", "string");
        properties.putObject("on").put("type", "boolean");
        parameters.putArray("required").add("room").add("on");
        return tool;
    }

    /** Answers a call. */
    String call(FunctionCall call) {
        if (!call.name().equals(NAME)) {
            return "{\"error\":\"no such function\"}";
        }
        ObjectNode arguments = Json.parse(call.arguments().getBytes(StandardCharsets.UTF_8));
        last = "the " + arguments.path("room").asString("") + " light is "
                + (arguments.path("on").asBoolean(false) ? "on" : "off") + " at "
                + Speech.number(10 * (1 + random.nextInt(9))) + " percent";
        return Json.mapper()
                .writeValueAsString(
                        Json.object().put("message", Character.toUpperCase(last.charAt(0)) + last.substring(1)));
    }

    /** What the last call answered, in words; empty if there was none. */
    String lastAnswer() {
        return last;
    }
}
