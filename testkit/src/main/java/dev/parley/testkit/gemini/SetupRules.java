package dev.parley.testkit.gemini;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What a {@code setup} may say. Gemini Live: {@code BidiGenerateContentSetup}. */
final class SetupRules {
    private static final Set<String> FIELDS = Set.of(
            "model",
            "generationConfig",
            "systemInstruction",
            "tools",
            "realtimeInputConfig",
            "sessionResumption",
            "contextWindowCompression",
            "inputAudioTranscription",
            "outputAudioTranscription",
            "proactivity",
            "historyConfig",
            "explicitVadSignal",
            "safetySettings",
            "labels",
            "avatarConfig");
    private static final Set<String> GENERATION = Set.of(
            "responseModalities",
            "speechConfig",
            "temperature",
            "topP",
            "topK",
            "maxOutputTokens",
            "seed",
            "candidateCount",
            "presencePenalty",
            "frequencyPenalty",
            "mediaResolution",
            "thinkingConfig",
            "enableAffectiveDialog",
            "translationConfig");
    private static final Set<String> VOICES = Set.of(("Achernar Achird Algenib Algieba Alnilam Aoede Autonoe Callirrhoe"
                    + " Charon Despina Enceladus Erinome Fenrir Gacrux Iapetus Kore Laomedeia Leda Orus Pulcherrima"
                    + " Puck Rasalgethi Sadachbia Sadaltager Schedar Sulafat Umbriel Vindemiatrix Zephyr"
                    + " Zubenelgenubi")
            .split(" "));
    private static final Set<String> DETECTION = Set.of(
            "disabled", "startOfSpeechSensitivity", "endOfSpeechSensitivity", "prefixPaddingMs", "silenceDurationMs");

    private SetupRules() {}

    /** Checks a setup; the model that it names. */
    static KnownModel check(JsonNode setup, boolean vertex) throws Violation {
        known(setup, FIELDS, "setup");
        String path = setup.path("model").asString("");
        KnownModel model = KnownModel.of(path, vertex)
                .orElseThrow(() -> new Violation(
                        1008,
                        path + " is not found for API version v1beta, or is not supported for bidiGenerateContent."
                                + " Call ListModels to see the list of available models"));
        generation(setup.path("generationConfig"), model);
        if (setup.has("systemInstruction")) {
            content(setup.path("systemInstruction"), "setup.system_instruction");
        }
        for (JsonNode tool : setup.path("tools")) {
            for (JsonNode function : tool.path("functionDeclarations")) {
                ToolRules.check(function);
            }
        }
        input(setup.path("realtimeInputConfig"));
        target(setup, vertex);
        if (setup.path("proactivity").has("proactiveAudio") && model == KnownModel.LIVE_31) {
            throw invalidArgument();
        }
        return model;
    }

    private static void target(JsonNode setup, boolean vertex) throws Violation {
        if (!vertex && setup.has("explicitVadSignal")) {
            throw Violation.unknown("explicitVadSignal", "setup");
        }
        if (!vertex && setup.path("sessionResumption").has("transparent")) {
            throw Violation.unknown("transparent", "setup.session_resumption");
        }
        if (vertex && setup.has("historyConfig")) {
            throw Violation.unknown("historyConfig", "setup");
        }
        for (String transcription : new String[] {"inputAudioTranscription", "outputAudioTranscription"}) {
            object(setup, transcription);
        }
        object(setup, "sessionResumption");
    }

    private static void object(JsonNode setup, String name) throws Violation {
        if (setup.has(name) && !setup.path(name).isObject()) {
            throw Violation.invalid("Invalid value at 'setup." + name + "'");
        }
    }

    private static void generation(JsonNode config, KnownModel model) throws Violation {
        known(config, GENERATION, "setup.generation_config");
        JsonNode modalities = config.path("responseModalities");
        if (modalities.size() > 1) {
            throw Violation.invalid("At most one response modality can be specified in the setup request.");
        }
        String modality = modalities.path(0).asString("AUDIO");
        if (!modality.equals("AUDIO") && !(modality.equals("TEXT") && model.writes())) {
            throw Violation.invalid("Cannot extract voices from a non-audio request.");
        }
        JsonNode voice = config.path("speechConfig").path("voiceConfig").path("prebuiltVoiceConfig");
        if (voice.has("voiceName") && !VOICES.contains(voice.path("voiceName").asString(""))) {
            throw Violation.invalid("Requested voice api_name is not available for model");
        }
        boolean thinks = config.has("thinkingConfig");
        if ((thinks && model.thinking() == KnownModel.Thinking.FORBIDDEN)
                || (!thinks && model.thinking() == KnownModel.Thinking.REQUIRED)) {
            throw invalidArgument();
        }
        if (config.path("thinkingConfig").has("thinkingBudget")
                && config.path("thinkingConfig").has("thinkingLevel")) {
            throw invalidArgument();
        }
    }

    private static void input(JsonNode config) throws Violation {
        known(
                config,
                Set.of("automaticActivityDetection", "activityHandling", "turnCoverage"),
                "setup.realtime_input_config");
        known(config.path("automaticActivityDetection"), DETECTION, "setup.automatic_activity_detection");
    }

    /** Checks that an object has no other fields. */
    static void known(JsonNode object, Set<String> names, String where) throws Violation {
        if (!object.isMissingNode() && !object.isObject()) {
            throw Violation.invalid("Invalid value at '" + where + "'");
        }
        for (String name : object.propertyNames()) {
            if (!names.contains(name)) {
                throw Violation.unknown(name, where);
            }
        }
    }

    /** Checks a {@code Content}: a role that there is, and parts that Live takes. */
    static void content(JsonNode content, String where) throws Violation {
        known(content, Set.of("role", "parts"), where);
        String role = content.path("role").asString("user");
        if (!role.equals("user") && !role.equals("model")) {
            throw Violation.invalid("Please use a valid role: user, model.");
        }
        if (!content.path("parts").isArray() || content.path("parts").isEmpty()) {
            throw invalidArgument();
        }
        for (JsonNode part : content.path("parts")) {
            // Function calls and their responses belong into tool messages alone.
            known(part, Set.of("text", "inlineData", "thought"), where + ".parts");
            if (part.has("text") == part.has("inlineData")
                    || (part.has("text") && !part.path("text").isString())) {
                throw invalidArgument();
            }
        }
    }

    static Violation invalidArgument() {
        return Violation.invalid("Request contains an invalid argument.");
    }
}
