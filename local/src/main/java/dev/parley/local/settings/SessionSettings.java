package dev.parley.local.settings;

import dev.parley.OpenAIVoice;
import dev.parley.RealtimeAudioFormat;
import dev.parley.protocol.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A session's settings as {@code session.updated} shows them, and the rules by which an update changes them. */
public final class SessionSettings {
    public static final List<String> VOICES =
            Arrays.stream(OpenAIVoice.values()).map(OpenAIVoice::wireName).toList();

    private static final String REALTIME = "realtime";
    private static final String TRANSCRIPTION = "transcription";

    private static final Set<String> KNOWN_TRANSCRIPTION =
            Set.of("type", "object", "id", "expires_at", "include", "audio");

    private static final Set<String> KNOWN = Set.of(
            "type",
            "object",
            "id",
            "expires_at",
            "model",
            "output_modalities",
            "instructions",
            "tools",
            "tool_choice",
            "max_output_tokens",
            "tracing",
            "truncation",
            "prompt",
            "include",
            "audio",
            "parallel_tool_calls",
            "reasoning");

    private ObjectNode session;
    private boolean typeFixed;

    /** The settings of a new session, every field in the order in which OpenAI sends it. */
    public SessionSettings(String id, String model, long expiresAtSeconds, boolean transcription) {
        typeFixed = transcription;
        ObjectNode input = Json.object();
        input.set("format", RealtimeAudioFormat.PCM_24K.json());
        input.putNull("transcription").putNull("noise_reduction");
        input.set("turn_detection", TurnSettings.DEFAULT.json());
        session = transcription
                ? transcription(id, expiresAtSeconds, input)
                : realtime(id, model, expiresAtSeconds, input);
    }

    private static ObjectNode realtime(String id, String model, long expiresAtSeconds, ObjectNode input) {
        ObjectNode session = Json.object();
        session.put("type", REALTIME).put("object", "realtime.session").put("id", id);
        session.put("model", model);
        session.putArray("output_modalities").add("audio");
        session.put("instructions", "");
        session.putArray("tools");
        session.put("tool_choice", "auto").put("max_output_tokens", "inf");
        session.putNull("tracing").put("truncation", "auto").putNull("prompt");
        session.put("expires_at", expiresAtSeconds);
        ObjectNode audio = session.putObject("audio");
        audio.set("input", input);
        ObjectNode output = audio.putObject("output");
        output.set("format", RealtimeAudioFormat.PCM_24K.json());
        output.put("voice", "alloy").put("speed", 1.0);
        return session.putNull("include");
    }

    private static ObjectNode transcription(String id, long expiresAtSeconds, ObjectNode input) {
        ObjectNode session = Json.object();
        session.put("type", TRANSCRIPTION)
                .put("object", "realtime.transcription_session")
                .put("id", id);
        session.put("expires_at", expiresAtSeconds);
        session.putObject("audio").set("input", input);
        return session.putNull("include");
    }

    /** The {@code session} of an event; the caller's own. */
    public ObjectNode json() {
        return session.deepCopy();
    }

    /** Ends the time in which an update may make this a transcription session. */
    public void fixType() {
        typeFixed = true;
    }

    /**
     * Applies the {@code session} of a {@code session.update}: all of it, or nothing.
     *
     * @param voiceHeard the voice in which the assistant has spoken, which is fixed then; null: it has not
     * @throws Refused if any of it cannot be applied
     */
    public void update(Fields update, @Nullable String voiceHeard) {
        String type = update.oneOf("type", List.of(REALTIME, TRANSCRIPTION));
        ObjectNode next = session.deepCopy();
        if (!type.equals(session.path("type").asString())) {
            if (typeFixed) {
                throw Refused.value(
                        update.at("type"),
                        "The type of a session cannot be changed once it is in use; connect with the intent of"
                                + " transcription, or update it before anything else.");
            }
            next = transcription(
                    next.path("id").asString(), next.path("expires_at").asLong(), (ObjectNode)
                            next.path("audio").path("input"));
        }
        if (type.equals(TRANSCRIPTION)) {
            update.only(KNOWN_TRANSCRIPTION);
            if (update.given("audio")) {
                mergeAudio(update.object("audio").only(Set.of("input")), next, null);
            }
        } else {
            update.only(KNOWN);
            ModelSettings.merge(update, next);
            if (update.given("audio")) {
                mergeAudio(update.object("audio").only(Set.of("input", "output")), next, voiceHeard);
            }
        }
        session = next;
        typeFixed |= type.equals(TRANSCRIPTION);
    }

    private static void mergeAudio(Fields audio, ObjectNode next, @Nullable String voiceHeard) {
        ObjectNode known = (ObjectNode) next.path("audio");
        if (audio.given("input")) {
            mergeInput(audio.object("input"), (ObjectNode) known.path("input"));
        }
        if (audio.given("output")) {
            Fields output = audio.object("output").only(Set.of("format", "voice", "speed"));
            ObjectNode target = (ObjectNode) known.path("output");
            checkFormat(output);
            checkSpeed(output);
            String voice = voice(output);
            if (voice != null
                    && voiceHeard != null
                    && !voice.equals(voiceHeard)
                    && !voice.equals(target.path("voice").asString())) {
                throw voiceFixed(output.at("voice"));
            }
            if (voice != null) {
                target.put("voice", voice);
            }
        }
    }

    /** Tells that the voice can no longer be changed. */
    public static Refused voiceFixed(String path) {
        return Refused.of(
                "cannot_update_voice", "Cannot update a conversation's voice if assistant audio is present.", path);
    }

    private static void mergeInput(Fields input, ObjectNode target) {
        input.only(Set.of("format", "transcription", "noise_reduction", "turn_detection"));
        checkFormat(input);
        if (input.isNull("transcription")) {
            target.putNull("transcription");
        } else if (input.has("transcription")) {
            Fields asked = input.object("transcription");
            ObjectNode transcription = Json.object();
            // Any model means the one that is here; its name is echoed so that clients find what they set.
            transcription.put("model", asked.optional("model"));
            transcription.put("language", asked.optional("language"));
            transcription.put("prompt", asked.optional("prompt"));
            target.set("transcription", transcription);
        }
        if (input.has("turn_detection")) {
            TurnSettings turns = TurnSettings.merge(input, TurnSettings.of(target.path("turn_detection")));
            if (turns == null) {
                target.putNull("turn_detection");
            } else {
                target.set("turn_detection", turns.json());
            }
        }
    }

    /** Refuses every audio format but the one that is here. */
    public static void checkFormat(Fields parent) {
        if (!parent.given("format")) {
            return;
        }
        Fields format = parent.object("format");
        List<String> types = List.of("audio/pcm", "audio/pcmu", "audio/pcma");
        String type = format.oneOf("type", types);
        int rate = format.given("rate") ? format.integer("rate", 1, 192_000) : 24_000;
        if (!type.equals("audio/pcm") || rate != 24_000) {
            throw Refused.unsupported(format.path(), "audio in any format but {\"type\":\"audio/pcm\",\"rate\":24000}");
        }
    }

    private static void checkSpeed(Fields output) {
        if (output.given("speed") && output.number("speed", 0.25, 1.5) != 1) {
            throw Refused.unsupported(output.at("speed"), "a speed other than 1");
        }
    }

    public static @Nullable String voice(Fields output) {
        if (!output.given("voice")) {
            return null;
        }
        if (output.raw("voice").isObject()) {
            throw Refused.unsupported(output.at("voice"), "custom voices");
        }
        return output.oneOf("voice", VOICES);
    }

    /** The session's voice. */
    public String voice() {
        return session.path("audio").path("output").path("voice").asString("");
    }

    /** How turns are found; null: the client commits them. */
    public @Nullable TurnSettings turns() {
        return TurnSettings.of(session.path("audio").path("input").path("turn_detection"));
    }

    /** Whether this is a transcription session: it has the user's speech, and no responses. */
    public boolean transcribesOnly() {
        return session.path("type").asString().equals(TRANSCRIPTION);
    }

    /** Whether the user's speech is to be told. */
    public boolean transcribes() {
        return transcribesOnly() || session.path("audio").path("input").hasNonNull("transcription");
    }
}
