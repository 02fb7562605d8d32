package dev.parley.gemini.setup;

import dev.parley.RealtimeAudioFormat;
import dev.parley.provider.reply.Refused;
import dev.parley.provider.reply.SessionFields;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a {@code response.create} asks for.
 *
 * @param instructions for this response, or null
 * @param metadata shown in the response; may be missing
 */
public record ResponseWish(@Nullable String instructions, JsonNode metadata) {
    /**
     * Reads the {@code response} of a {@code response.create}, whose shape has been checked. What repeats the session's own
     * setting is no wish.
     *
     * @throws Refused if something in it cannot be had for one response
     */
    public static ResponseWish of(ObjectNode response, SessionSettings session) {
        for (String name : new String[] {"tools", "tool_choice", "max_output_tokens", "reasoning"}) {
            if (response.has(name) && !response.path(name).equals(session.shown(name))) {
                throw unsupported("response." + name, name + " for one response; update the session");
            }
        }
        JsonNode modalities = response.path("output_modalities");
        if (!modalities.isMissingNode() && modalities.path(0).asString("").equals("audio") != session.speaks()) {
            throw unsupported("response.output_modalities", "another output for one response");
        }
        if (response.path("conversation").asString("auto").equals("none")) {
            throw unsupported("response.conversation", "responses outside the conversation");
        }
        if (response.has("input")) {
            throw unsupported("response.input", "responses to anything but the conversation");
        }
        if (response.hasNonNull("prompt")) {
            throw unsupported("response.prompt", "stored prompts; send instructions");
        }
        if (!response.path("parallel_tool_calls").asBoolean(true)) {
            throw unsupported("response.parallel_tool_calls", "one call at a time");
        }
        speech(response.path("audio").path("output"), session);
        return new ResponseWish(response.path("instructions").asStringOpt().orElse(null), response.path("metadata"));
    }

    private static void speech(JsonNode output, SessionSettings session) {
        SessionFields.format(output, "response.audio.output", SessionSettings.PROVIDER, RealtimeAudioFormat.PCM_24K);
        JsonNode held = session.shown("audio").path("output").path("voice");
        if (output.has("voice") && !output.path("voice").equals(held)) {
            throw unsupported("response.audio.output.voice", "another voice for one response");
        }
    }

    private static Refused unsupported(String path, String what) {
        return Refused.unsupported(SessionSettings.PROVIDER, path, what);
    }

    /** The {@code response} object of the response that begins, with an empty {@code output}. */
    public ObjectNode response(String id, String conversationId, SessionSettings session) {
        return SessionFields.response(id, conversationId, session.json(), metadata);
    }
}
