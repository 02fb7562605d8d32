package dev.parley.provider.reply;

import dev.parley.RealtimeAudioFormat;
import dev.parley.event.codec.Faults;
import dev.parley.protocol.Json;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of a session and of a response, as far as they are alike for all providers that answer OpenAI's events
 * themselves. The shape of what a client sent has been checked. OpenAI Realtime: {@code session}, {@code response}.
 */
public final class SessionFields {
    private static final List<String> OF_A_TOOL = List.of("type", "name", "description", "parameters");

    private SessionFields() {}

    /** A session that sets nothing, every field in the order in which OpenAI sends it. */
    public static ObjectNode realtime(
            String id, String model, long expiresAtSeconds, ObjectNode input, ObjectNode output) {
        ObjectNode session = Json.object();
        session.put("type", "realtime").put("object", "realtime.session").put("id", id);
        session.put("model", model);
        session.putArray("output_modalities").add("audio");
        session.put("instructions", "");
        session.putArray("tools");
        session.put("tool_choice", "auto").put("max_output_tokens", "inf");
        session.putNull("tracing").put("truncation", "auto").putNull("prompt");
        session.put("expires_at", expiresAtSeconds);
        ObjectNode audio = session.putObject("audio");
        audio.set("input", input);
        audio.set("output", output);
        return session.putNull("include");
    }

    /** The tools that were sent, each with its fields in OpenAI's order; refuses any that is no function. */
    public static ArrayNode functions(JsonNode sent, String path, String provider) {
        ArrayNode tools = Json.object().putArray("tools");
        for (int i = 0; i < sent.size(); i++) {
            JsonNode tool = sent.path(i);
            String type = tool.path("type").asString("");
            if (!type.equals("function")) {
                throw Refused.unsupported(
                        provider,
                        path + "[" + i + "]",
                        type.equals("mcp") ? "MCP tools" : "tools that are not functions");
            }
            ObjectNode copy = tools.addObject();
            for (String name : OF_A_TOOL) {
                if (tool.has(name)) {
                    copy.set(name, tool.path(name).deepCopy());
                }
            }
        }
        return tools;
    }

    /** Writes the {@code transcription} that was sent, if one was, into the input that holds. */
    public static void transcription(JsonNode sent, ObjectNode input) {
        JsonNode transcription = sent.path("transcription");
        if (transcription.isNull()) {
            input.putNull("transcription");
        } else if (transcription.isObject()) {
            ObjectNode shown = input.putObject("transcription");
            // Any model means the one that is there; its name is echoed so that clients find what they set.
            for (String name : List.of("model", "language", "prompt")) {
                shown.put(name, transcription.path(name).asStringOpt().orElse(null));
            }
        }
    }

    /** The voice that an output asks for, if any; refuses what is no voice's name. */
    public static Optional<String> voice(JsonNode output, String path, String provider, Collection<String> voices) {
        JsonNode voice = output.path("voice");
        if (voice.isObject()) {
            throw Refused.unsupported(provider, path + ".voice", "custom voices");
        }
        Optional<String> name = voice.asStringOpt();
        if (name.isPresent() && !voices.contains(name.get())) {
            throw Refused.of(Faults.choice(path + ".voice", name.get(), voices));
        }
        return name;
    }

    /** What answers a change of the voice that comes too late. */
    public static Refused voiceFixed(String path) {
        return Refused.of(
                "cannot_update_voice",
                "Cannot update a conversation's voice if assistant audio is present.",
                path + ".voice");
    }

    /** Refuses a speed other than the one there is. */
    public static void speed(JsonNode output, String path, String provider) {
        if (output.has("speed") && output.path("speed").asDouble() != 1) {
            throw Refused.unsupported(provider, path + ".speed", "a speed other than 1");
        }
    }

    /** Refuses a format other than the one there is. */
    public static void format(JsonNode parent, String path, String provider, RealtimeAudioFormat only) {
        JsonNode format = parent.path("format");
        if (format.isObject() && !RealtimeAudioFormat.of(format).equals(Optional.of(only))) {
            throw Refused.unsupported(provider, path + ".format", "audio in any format but " + only.json());
        }
    }

    /**
     * The {@code response} of a response that begins.
     *
     * @param session with what the response does otherwise in its place
     * @param conversationId null for a response outside of it
     * @param metadata shown if it is an object
     */
    public static ObjectNode response(String id, @Nullable String conversationId, JsonNode session, JsonNode metadata) {
        ObjectNode response = Json.object();
        response.put("object", "realtime.response").put("id", id).put("status", "in_progress");
        response.putNull("status_details").putArray("output");
        response.put("conversation_id", conversationId);
        response.set("output_modalities", session.path("output_modalities").deepCopy());
        response.set("max_output_tokens", session.path("max_output_tokens"));
        JsonNode speech = session.path("audio").path("output");
        ObjectNode output = response.putObject("audio").putObject("output");
        output.set("format", speech.path("format").deepCopy());
        if (speech.has("voice")) {
            output.set("voice", speech.path("voice"));
        }
        response.putNull("usage");
        if (metadata.isObject()) {
            response.set("metadata", metadata.deepCopy());
        } else {
            response.putNull("metadata");
        }
        return response;
    }
}
