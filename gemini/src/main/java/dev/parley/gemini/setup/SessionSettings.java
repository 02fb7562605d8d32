package dev.parley.gemini.setup;

import dev.parley.RealtimeAudioFormat;
import dev.parley.protocol.Json;
import dev.parley.provider.reply.Refused;
import dev.parley.provider.reply.SessionFields;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A session's settings in OpenAI's words, as they are in force. Immutable. */
public final class SessionSettings {
    /** What errors call the provider. */
    static final String PROVIDER = "Gemini";

    private static final RealtimeAudioFormat HEARD = RealtimeAudioFormat.PCM_16K;
    private static final RealtimeAudioFormat SPOKEN = RealtimeAudioFormat.PCM_24K;

    private final GeminiModel model;
    private final Voices voices;
    private final ObjectNode session;
    private final ArrayNode functions;

    private SessionSettings(GeminiModel model, Voices voices, ObjectNode session, ArrayNode functions) {
        this.model = model;
        this.voices = voices;
        this.session = session;
        this.functions = functions;
    }

    /**
     * What a session has that sets nothing.
     *
     * @param expiresAt in seconds since 1970
     */
    public static SessionSettings initial(GeminiModel model, Voices voices, String sessionId, long expiresAt) {
        ObjectNode input = Json.object();
        input.set("format", HEARD.json());
        input.putNull("transcription").putNull("noise_reduction").set("turn_detection", TurnFields.initial());
        ObjectNode output = Json.object();
        output.set("format", SPOKEN.json());
        output.put("speed", 1.0);
        ObjectNode session = SessionFields.realtime(sessionId, model.name(), expiresAt, input, output);
        return new SessionSettings(model, voices, session, Json.object().putArray("functions"));
    }

    /**
     * These settings with what a {@code session.update} sets, whose shape has been checked.
     *
     * @param spoken whether the model has been heard in the conversation, which fixes the voice
     * @throws Refused if one cannot be honoured
     */
    public SessionSettings with(ObjectNode update, boolean spoken) {
        if (update.path("type").asString("").equals("transcription")) {
            throw unsupported("session.type", "sessions that only transcribe; use another provider for them");
        }
        String named = update.path("model").asString(model.name());
        if (!model.isMeantBy(named)) {
            throw Refused.value(
                    "session.model", "The model of a session cannot be changed; connect with the other one instead.");
        }
        refuse(update);
        ObjectNode next = session.deepCopy();
        ArrayNode declared = functions;
        for (String name : List.of("instructions", "tool_choice", "max_output_tokens", "output_modalities")) {
            if (update.has(name)) {
                next.set(name, update.path(name).deepCopy());
            }
        }
        if (!model.text()) {
            next.putArray("output_modalities").add("audio");
        }
        if (update.has("tools")) {
            next.set("tools", SessionFields.functions(update.path("tools"), "session.tools", PROVIDER));
            declared = FunctionDeclarations.of(next.path("tools"), "session.tools", model);
        }
        reasoning(update.path("reasoning"), next);
        JsonNode audio = update.path("audio");
        if (next.path("audio").path("input") instanceof ObjectNode input) {
            hearing(audio.path("input"), input);
        }
        if (next.path("audio").path("output") instanceof ObjectNode output) {
            speaking(audio.path("output"), output, spoken);
        }
        return new SessionSettings(model, voices, next, declared);
    }

    /** What there is no equivalent of. What is only advice is ignored, and not shown as if it held. */
    private static void refuse(ObjectNode update) {
        JsonNode choice = update.path("tool_choice");
        if (choice.isObject() || choice.asString("").equals("required")) {
            throw unsupported("session.tool_choice", "calls on demand; set 'auto' or 'none'");
        }
        if (update.hasNonNull("prompt")) {
            throw unsupported("session.prompt", "stored prompts; send instructions");
        }
        if (!update.path("include").isEmpty()) {
            throw unsupported("session.include", "further parts of events");
        }
        if (!update.path("parallel_tool_calls").asBoolean(true)) {
            throw unsupported("session.parallel_tool_calls", "one call at a time");
        }
    }

    private void reasoning(JsonNode sent, ObjectNode next) {
        Optional<String> effort = sent.path("effort").asStringOpt();
        if (effort.isEmpty()) {
            return;
        }
        if (model.thinking() == GeminiModel.Thinking.FORBIDDEN) {
            throw unsupported("session.reasoning", "a choice of how long '" + model.name() + "' thinks");
        }
        next.putObject("reasoning").put("effort", effort.get());
    }

    private static void hearing(JsonNode sent, ObjectNode input) {
        String path = "session.audio.input";
        SessionFields.format(sent, path, PROVIDER, HEARD);
        SessionFields.transcription(sent, input);
        TurnFields.merge(sent, path, input);
    }

    private void speaking(JsonNode sent, ObjectNode output, boolean spoken) {
        String path = "session.audio.output";
        SessionFields.format(sent, path, PROVIDER, SPOKEN);
        SessionFields.speed(sent, path, PROVIDER);
        Optional<String> asked = SessionFields.voice(sent, path, PROVIDER, voices.names());
        if (asked.isEmpty()) {
            return;
        }
        if (spoken && !asked.equals(voice())) {
            throw SessionFields.voiceFixed(path);
        }
        output.put("voice", asked.get());
    }

    private static Refused unsupported(String path, String what) {
        return Refused.unsupported(PROVIDER, path, what);
    }

    /** The {@code session} of {@code session.created} and {@code session.updated}; the caller's own. */
    public ObjectNode json() {
        return session.deepCopy();
    }

    /** Whether the client itself says when turns end. */
    public boolean manual() {
        return detection().isNull();
    }

    /** Whether the client wants transcripts of the user's speech. */
    public boolean transcribes() {
        return session.path("audio").path("input").hasNonNull("transcription");
    }

    /** Whether answers are spoken, or else text. */
    public boolean speaks() {
        return session.path("output_modalities").path(0).asString("").equals("audio");
    }

    /** What the model is told; empty: nothing. */
    public String instructions() {
        return session.path("instructions").asString("");
    }

    /** The {@code turn_detection}. */
    JsonNode detection() {
        return session.path("audio").path("input").path("turn_detection");
    }

    /** The voice, as the client named it; empty: the model's own. */
    private Optional<String> voice() {
        return session.path("audio").path("output").path("voice").asStringOpt();
    }

    /** The voice, as Gemini names it; empty: the model's own. */
    Optional<String> geminiVoice() {
        return voice().map(voices::gemini);
    }

    /** The language of the user's speech, as the client named it; empty: not told. */
    Optional<String> language() {
        return session.path("audio")
                .path("input")
                .path("transcription")
                .path("language")
                .asStringOpt();
    }

    /** The most tokens of an answer; empty: as many as the model likes. */
    Optional<Integer> maxTokens() {
        JsonNode most = session.path("max_output_tokens");
        return most.isNumber() ? Optional.of(most.asInt()) : Optional.empty();
    }

    /** How long the model is to think: {@code minimal} to {@code xhigh}; empty: not told. */
    Optional<String> effort() {
        return session.path("reasoning").path("effort").asStringOpt();
    }

    /** The {@code functionDeclarations} that the model may call; not to be changed. */
    ArrayNode functions() {
        return session.path("tool_choice").asString("").equals("none")
                ? Json.object().putArray("functions")
                : functions;
    }

    /** Says nothing of what is set, of which one is the prompt. */
    @Override
    public String toString() {
        return "SessionSettings[model=" + model.name() + "]";
    }

    /** What is shown of a field; not to be changed. */
    JsonNode shown(String name) {
        return session.path(name);
    }
}
