package dev.parley.local.settings;

import dev.parley.RealtimeAudioFormat;
import dev.parley.protocol.Json;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one response is made with: the session's settings with the overrides of its {@code response.create}.
 *
 * @param json the fields of a session that count, merged
 * @param metadata what the client attached, or null
 * @param alone whether it stands outside the conversation ({@code conversation: "none"})
 * @param overrides the {@code response} object of the client, or null
 */
public record ResponseSettings(
        ObjectNode json,
        @Nullable ObjectNode metadata,
        boolean alone,
        @Nullable Fields overrides) {
    private static final Set<String> KNOWN = Set.of(
            "instructions",
            "output_modalities",
            "audio",
            "tools",
            "tool_choice",
            "max_output_tokens",
            "conversation",
            "input",
            "metadata",
            "prompt",
            "reasoning",
            "parallel_tool_calls");
    private static final int MOST_METADATA = 16;

    /** Settings with no overrides. */
    public static ResponseSettings of(SessionSettings session) {
        return new ResponseSettings(session.json(), null, false, null);
    }

    /**
     * The settings with a client's overrides.
     *
     * @throws Refused if one cannot be honoured
     */
    public static ResponseSettings of(SessionSettings session, Fields overrides) {
        overrides.only(KNOWN);
        ObjectNode json = session.json();
        ModelSettings.merge(overrides, json);
        if (overrides.given("audio")) {
            Fields audio = overrides.object("audio").only(Set.of("output"));
            if (audio.given("output")) {
                Fields output = audio.object("output").only(Set.of("format", "voice"));
                SessionSettings.checkFormat(output);
                String voice = SessionSettings.voice(output);
                if (voice != null) {
                    ((ObjectNode) json.path("audio").path("output")).put("voice", voice);
                }
            }
        }
        boolean alone = overrides.given("conversation")
                && overrides
                        .oneOf("conversation", java.util.List.of("auto", "none"))
                        .equals("none");
        return new ResponseSettings(json, metadata(overrides), alone, overrides);
    }

    private static @Nullable ObjectNode metadata(Fields overrides) {
        if (!overrides.given("metadata")) {
            return null;
        }
        Fields metadata = overrides.object("metadata");
        if (metadata.json().size() > MOST_METADATA) {
            throw Refused.value(metadata.path(), "There may be at most " + MOST_METADATA + " pairs of metadata.");
        }
        for (String name : metadata.json().propertyNames()) {
            if (name.length() > 64 || metadata.string(name).length() > 512) {
                throw Refused.value(
                        metadata.path(), "A key of metadata has at most 64 characters, and a value at most 512.");
            }
        }
        return metadata.json().deepCopy();
    }

    public boolean speaks() {
        return json.path("output_modalities").path(0).asString().equals("audio");
    }

    public String voice() {
        return json.path("audio").path("output").path("voice").asString();
    }

    public String instructions() {
        return json.path("instructions").asString("");
    }

    /** The longest output in tokens. */
    public int maxTokens() {
        return json.path("max_output_tokens").asInt(Integer.MAX_VALUE);
    }

    /** The {@code response} object of a new response. */
    public ObjectNode response(String id, @Nullable String conversationId) {
        ObjectNode response = Json.object();
        response.put("object", "realtime.response").put("id", id).put("status", "in_progress");
        response.putNull("status_details").putArray("output");
        response.put("conversation_id", conversationId);
        response.set("output_modalities", json.path("output_modalities"));
        response.set("max_output_tokens", json.path("max_output_tokens"));
        ObjectNode output = response.putObject("audio").putObject("output");
        output.set("format", RealtimeAudioFormat.PCM_24K.json());
        output.put("voice", voice());
        response.putNull("usage");
        if (metadata == null) {
            response.putNull("metadata");
        } else {
            response.set("metadata", metadata);
        }
        return response;
    }
}
