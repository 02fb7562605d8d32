package dev.parley.local.settings;

import dev.parley.local.mind.Tool;
import dev.parley.local.mind.ToolChoice;
import dev.parley.protocol.Json;
import dev.parley.provider.reply.Refused;
import dev.parley.provider.reply.SessionFields;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What one response is made with: the session's settings with the overrides of its {@code response.create}. */
public final class ResponseSettings {
    private final ObjectNode session;
    private final JsonNode overrides;

    private ResponseSettings(ObjectNode session, JsonNode overrides) {
        this.session = session;
        this.overrides = overrides;
    }

    /** Settings with no overrides. */
    public static ResponseSettings of(SessionSettings session) {
        return new ResponseSettings(session.json(), Json.object());
    }

    /**
     * The settings with a client's overrides, whose shape has been checked.
     *
     * @param voiceHeard the voice in which the assistant has spoken in the conversation; null: it has not
     * @throws Refused if one cannot be honoured
     */
    public static ResponseSettings of(SessionSettings session, ObjectNode overrides, @Nullable String voiceHeard) {
        ResponseSettings made = new ResponseSettings(session.json(), overrides);
        ModelSettings.merge(overrides, "response", made.session);
        if (made.session.path("audio").path("output") instanceof ObjectNode output) {
            AudioSettings.mergeOutput(
                    overrides.path("audio").path("output"),
                    "response.audio.output",
                    output,
                    // What is outside the conversation may sound otherwise.
                    made.alone() ? null : voiceHeard);
        }
        return made;
    }

    /** Whether it stands outside the conversation ({@code conversation: "none"}). */
    public boolean alone() {
        return overrides.path("conversation").asString("").equals("none");
    }

    /** Its own {@code input}, which it answers to instead of the conversation; null: none. */
    public @Nullable JsonNode input() {
        return overrides.get("input");
    }

    public boolean speaks() {
        return session.path("output_modalities").path(0).asString().equals("audio");
    }

    public String voice() {
        return session.path("audio").path("output").path("voice").asString();
    }

    public String instructions() {
        return session.path("instructions").asString("");
    }

    /** The length of what the mind is told besides the conversation, in characters. */
    public int characters() {
        return instructions().length() + session.path("tools").toString().length() - 2;
    }

    public List<Tool> tools() {
        return ModelSettings.tools(session);
    }

    public ToolChoice toolChoice() {
        return ModelSettings.choice(session);
    }

    /** Whether it may call several tools. */
    public boolean parallelCalls() {
        return session.path("parallel_tool_calls").asBoolean(true);
    }

    /** The longest output in tokens. */
    public int maxTokens() {
        return session.path("max_output_tokens").asInt(Integer.MAX_VALUE);
    }

    /** The {@code response} object of a new response. */
    public ObjectNode response(String id, @Nullable String conversationId) {
        return SessionFields.response(id, conversationId, session, overrides.path("metadata"));
    }
}
