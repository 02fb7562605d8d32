package dev.parley;

import dev.parley.protocol.Json;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a session starts with: the model, and the part of {@code session.update} that the application sets. What is not
 * set is not sent, so that the provider's own defaults hold.
 */
public final class RealtimeSessionConfig {
    /** Nothing set. */
    public static final RealtimeSessionConfig EMPTY = builder().build();

    private final @Nullable String model;
    private final @Nullable String instructions;
    private final @Nullable String voice;
    private final @Nullable List<String> outputModalities;
    private final @Nullable RealtimeAudioFormat inputFormat;
    private final @Nullable RealtimeAudioFormat outputFormat;
    private final @Nullable TurnDetection turnDetection;
    private final @Nullable String transcriptionModel;
    private final @Nullable List<ObjectNode> tools;
    private final @Nullable Integer maxOutputTokens;

    private RealtimeSessionConfig(Builder from) {
        model = from.model;
        instructions = from.instructions;
        voice = from.voice;
        outputModalities = from.outputModalities;
        inputFormat = from.inputFormat;
        outputFormat = from.outputFormat;
        turnDetection = from.turnDetection;
        transcriptionModel = from.transcriptionModel;
        tools = from.tools;
        maxOutputTokens = from.maxOutputTokens;
    }

    /** A configuration with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts with what is set here. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.model = model;
        builder.instructions = instructions;
        builder.voice = voice;
        builder.outputModalities = outputModalities;
        builder.inputFormat = inputFormat;
        builder.outputFormat = outputFormat;
        builder.turnDetection = turnDetection;
        builder.transcriptionModel = transcriptionModel;
        builder.tools = tools;
        builder.maxOutputTokens = maxOutputTokens;
        return builder;
    }

    /** This configuration, with what the other one sets in place of what is set here. */
    public RealtimeSessionConfig with(RealtimeSessionConfig other) {
        Builder merged = toBuilder();
        merged.model = other.model != null ? other.model : model;
        merged.instructions = other.instructions != null ? other.instructions : instructions;
        merged.voice = other.voice != null ? other.voice : voice;
        merged.outputModalities = other.outputModalities != null ? other.outputModalities : outputModalities;
        merged.inputFormat = other.inputFormat != null ? other.inputFormat : inputFormat;
        merged.outputFormat = other.outputFormat != null ? other.outputFormat : outputFormat;
        merged.turnDetection = other.turnDetection != null ? other.turnDetection : turnDetection;
        merged.transcriptionModel = other.transcriptionModel != null ? other.transcriptionModel : transcriptionModel;
        merged.tools = other.tools != null ? other.tools : tools;
        merged.maxOutputTokens = other.maxOutputTokens != null ? other.maxOutputTokens : maxOutputTokens;
        return merged.build();
    }

    /** The model's name; empty: the provider's default. */
    public Optional<String> model() {
        return Optional.ofNullable(model);
    }

    /** The voice's name. */
    public Optional<String> voice() {
        return Optional.ofNullable(voice);
    }

    /** The format of the user's audio. */
    public Optional<RealtimeAudioFormat> inputFormat() {
        return Optional.ofNullable(inputFormat);
    }

    /** The format of the model's audio. */
    public Optional<RealtimeAudioFormat> outputFormat() {
        return Optional.ofNullable(outputFormat);
    }

    /**
     * The {@code session} of the {@code session.update} that this configuration comes to, in GA shape; empty if it sets
     * nothing but the model, which stands in the URL.
     */
    public Optional<ObjectNode> session() {
        ObjectNode session = Json.object().put("type", "realtime");
        if (instructions != null) {
            session.put("instructions", instructions);
        }
        if (outputModalities != null) {
            session.set("output_modalities", Json.mapper().valueToTree(outputModalities));
        }
        if (maxOutputTokens != null) {
            session.put("max_output_tokens", maxOutputTokens);
        }
        if (tools != null) {
            session.putArray("tools").addAll(tools);
        }
        ObjectNode input = Json.object();
        if (inputFormat != null) {
            input.set("format", inputFormat.json());
        }
        if (transcriptionModel != null) {
            input.putObject("transcription").put("model", transcriptionModel);
        }
        if (turnDetection != null) {
            input.set("turn_detection", turnDetection.json());
        }
        ObjectNode output = Json.object();
        if (outputFormat != null) {
            output.set("format", outputFormat.json());
        }
        if (voice != null) {
            output.put("voice", voice);
        }
        if (!input.isEmpty() || !output.isEmpty()) {
            ObjectNode audio = session.putObject("audio");
            putIfAny(audio, "input", input);
            putIfAny(audio, "output", output);
        }
        return session.size() == 1 ? Optional.empty() : Optional.of(session);
    }

    private static void putIfAny(ObjectNode parent, String name, ObjectNode child) {
        if (!child.isEmpty()) {
            parent.set(name, child);
        }
    }

    /** Collects the settings of a {@link RealtimeSessionConfig}. Not safe for use by several threads. */
    public static final class Builder {
        private @Nullable String model;
        private @Nullable String instructions;
        private @Nullable String voice;
        private @Nullable List<String> outputModalities;
        private @Nullable RealtimeAudioFormat inputFormat;
        private @Nullable RealtimeAudioFormat outputFormat;
        private @Nullable TurnDetection turnDetection;
        private @Nullable String transcriptionModel;
        private @Nullable List<ObjectNode> tools;
        private @Nullable Integer maxOutputTokens;

        private Builder() {}

        /** The model's name, such as {@code gpt-realtime-2.1}. */
        public Builder model(String name) {
            model = name;
            return this;
        }

        /** What the model is told about its task and manner. */
        public Builder instructions(String text) {
            instructions = text;
            return this;
        }

        /** One of OpenAI's voices. */
        public Builder voice(OpenAIVoice named) {
            return voice(named.wireName());
        }

        /** A voice by its name; whether the provider has it is checked when the session starts. */
        public Builder voice(String name) {
            voice = name;
            return this;
        }

        /**
         * What the model answers in: {@code audio} (its transcript is the text) or {@code text}. The API takes one of
         * them; both together mean {@code audio}.
         */
        public Builder outputModalities(String... modalities) {
            List<String> given = List.of(modalities);
            for (String modality : given) {
                if (!modality.equals("audio") && !modality.equals("text")) {
                    throw new RealtimeException.InvalidConfig(
                            "outputModalities has '" + modality + "'; it may be 'audio' or 'text'");
                }
            }
            if (given.isEmpty()) {
                throw new RealtimeException.InvalidConfig("outputModalities is empty; give 'audio' or 'text'");
            }
            outputModalities = given.contains("audio") ? List.of("audio") : List.of("text");
            return this;
        }

        /** The format of the user's audio. */
        public Builder inputFormat(RealtimeAudioFormat format) {
            inputFormat = format;
            return this;
        }

        /** The format of the model's audio. */
        public Builder outputFormat(RealtimeAudioFormat format) {
            outputFormat = format;
            return this;
        }

        /** Whether the provider finds the ends of turns ({@link TurnDetection#SERVER_VAD}), or nobody does. */
        public Builder turnDetection(boolean on) {
            return turnDetection(on ? TurnDetection.SERVER_VAD : TurnDetection.OFF);
        }

        /** How the provider finds the ends of turns. */
        public Builder turnDetection(TurnDetection how) {
            turnDetection = how;
            return this;
        }

        /** Asks for transcripts of the user's speech, by this model. */
        public Builder transcriptionModel(String name) {
            transcriptionModel = name;
            return this;
        }

        /**
         * The functions that the model may call, each as in {@code session.tools}:
         * {@code {"type":"function","name":…,"description":…,"parameters":…}}.
         */
        public Builder tools(List<ObjectNode> functions) {
            tools = functions.stream().map(ObjectNode::deepCopy).toList();
            return this;
        }

        /** The longest answer, in tokens. */
        public Builder maxOutputTokens(int tokens) {
            maxOutputTokens = tokens;
            return this;
        }

        /** The configuration. */
        public RealtimeSessionConfig build() {
            return new RealtimeSessionConfig(this);
        }
    }
}
