package dev.parley.gemini.setup;

import dev.parley.protocol.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the messages that set a Gemini session up. Gemini Live: {@code BidiGenerateContentSetup}. Pure. */
public final class Setup {
    /** What {@code contextUpdate} can change. */
    private static final List<String> CONTEXT = List.of("systemInstruction", "tools");

    /** What a change of settings takes. */
    public enum Change {
        /** Nothing: Gemini does not know of what has changed. */
        NONE,
        /** A {@code contextUpdate} on the connection that is there. */
        UPDATE,
        /** A new connection with a new {@code setup}. */
        RENEW
    }

    private Setup() {}

    /**
     * The first message of a connection: {@code {"setup":{…}}}.
     *
     * @param handle of the session that is resumed, or null
     * @param seeded whether {@code clientContent} with a history follows
     */
    public static ObjectNode message(
            SessionSettings settings, GeminiModel model, @Nullable String handle, boolean seeded) {
        ObjectNode setup = setup(settings, model);
        ObjectNode resumption = setup.putObject("sessionResumption");
        if (handle != null) {
            resumption.put("handle", handle);
        }
        if (seeded && model.initialHistory()) {
            setup.putObject("historyConfig").put("initialHistoryInClientContent", true);
        }
        if (model.setup() instanceof ObjectNode besides) {
            merge(setup, besides);
        }
        return Json.object().set("setup", setup);
    }

    /** What settings come to, whatever the connection. */
    private static ObjectNode setup(SessionSettings settings, GeminiModel model) {
        ObjectNode setup = Json.object().put("model", model.path());
        setup.set("generationConfig", Generation.config(settings, model));
        if (!settings.instructions().isEmpty()) {
            setup.set("systemInstruction", instruction(settings));
        }
        if (!settings.functions().isEmpty()) {
            setup.set("tools", tools(settings));
        }
        ObjectNode input = TurnFields.setup(settings.detection());
        if (!input.isEmpty()) {
            setup.set("realtimeInputConfig", input);
        }
        // Without it a session ends after 15 minutes.
        setup.putObject("contextWindowCompression").putObject("slidingWindow");
        // Always asked for: a fragment of it is how the begin of speech is known.
        ObjectNode heard = setup.putObject("inputAudioTranscription");
        settings.language()
                .ifPresent(language -> heard.putArray("languageCodes").add(language));
        if (settings.speaks()) {
            setup.putObject("outputAudioTranscription");
        }
        if (model.explicitVad() && !settings.manual()) {
            setup.put("explicitVadSignal", true);
        }
        return setup;
    }

    private static ObjectNode instruction(SessionSettings settings) {
        ObjectNode content = Json.object();
        content.putArray("parts").addObject().put("text", settings.instructions());
        return content;
    }

    private static ArrayNode tools(SessionSettings settings) {
        ArrayNode tools = Json.object().putArray("tools");
        if (!settings.functions().isEmpty()) {
            tools.addObject().set("functionDeclarations", settings.functions().deepCopy());
        }
        return tools;
    }

    private static void merge(ObjectNode into, ObjectNode from) {
        for (Map.Entry<String, JsonNode> field : from.properties()) {
            if (field.getValue() instanceof ObjectNode part && into.get(field.getKey()) instanceof ObjectNode there) {
                merge(there, part);
            } else {
                into.set(field.getKey(), field.getValue().deepCopy());
            }
        }
    }

    /** What it takes to put settings in force on a connection that was set up with others. */
    public static Change change(SessionSettings from, SessionSettings to, GeminiModel model) {
        ObjectNode before = setup(from, model);
        ObjectNode after = setup(to, model);
        if (before.equals(after)) {
            return Change.NONE;
        }
        before.remove(CONTEXT);
        after.remove(CONTEXT);
        // Instructions that are no longer there cannot be told: an empty text is none that replaces them.
        boolean taken = to.instructions().isEmpty() && !from.instructions().isEmpty();
        return model.contextUpdate() && before.equals(after) && !taken ? Change.UPDATE : Change.RENEW;
    }

    /** {@code {"contextUpdate":{…}}} with what has changed. */
    public static ObjectNode contextUpdate(SessionSettings from, SessionSettings to, GeminiModel model) {
        ObjectNode update = Json.object();
        if (!Objects.equals(from.instructions(), to.instructions())) {
            update.set("systemInstruction", instruction(to));
        }
        if (!from.functions().equals(to.functions())) {
            update.putObject("tools").set("tools", tools(to));
        }
        return Json.object().set("contextUpdate", update);
    }
}
