package dev.parley;

import dev.parley.protocol.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a session starts with: the model, and the part of {@code session.update} that the application sets. What is not
 * set is not sent, so that the provider's own defaults hold.
 */
public final class RealtimeSessionConfig {
    /** Nothing set. */
    public static final RealtimeSessionConfig EMPTY = builder().build();

    /** The objects of a session whose fields are set one by one; every other value is set as a whole. */
    private static final Set<String> PARTS = Set.of("audio", "input", "output");

    private final @Nullable String model;
    private final boolean transcription;
    private final boolean answersHeld;
    private final ObjectNode fields;

    private RealtimeSessionConfig(Builder from) {
        model = from.model;
        answersHeld = from.answersHeld;
        transcription = from.transcription;
        fields = from.fields.deepCopy();
    }

    /** A configuration with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts with what is set here. */
    public Builder toBuilder() {
        return builder().merge(this);
    }

    /** This configuration, with what the other one sets in place of what is set here. */
    public RealtimeSessionConfig with(RealtimeSessionConfig other) {
        return toBuilder().merge(other).build();
    }

    /** The model's name; empty: the provider's default. */
    public Optional<String> model() {
        return Optional.ofNullable(model);
    }

    /** Whether the session only writes down what it hears, and answers nothing ({@code "type":"transcription"}). */
    public boolean transcription() {
        return transcription;
    }

    /** Whether ends of turns were to ask for responses before {@link Builder#withoutAutomaticResponses}. */
    public boolean answersHeld() {
        return answersHeld;
    }

    /** The voice's name. */
    public Optional<String> voice() {
        return fields.at("/audio/output/voice").asStringOpt();
    }

    /** Whether a field of the session is set, such as {@code instructions}. */
    boolean has(String field) {
        return fields.has(field);
    }

    /** The tools that are set, as they stand in {@code session.tools}. */
    List<ObjectNode> tools() {
        return fields.path("tools")
                .valueStream()
                .filter(ObjectNode.class::isInstance)
                .map(tool -> (ObjectNode) tool.deepCopy())
                .toList();
    }

    /** Whether transcripts of the user's speech are asked for. */
    public boolean transcribes() {
        return fields.at("/audio/input/transcription").isObject();
    }

    /** The format of the user's audio. */
    public Optional<RealtimeAudioFormat> inputFormat() {
        return RealtimeAudioFormat.of(fields.at("/audio/input/format"));
    }

    /** The format of the model's audio. */
    public Optional<RealtimeAudioFormat> outputFormat() {
        return RealtimeAudioFormat.of(fields.at("/audio/output/format"));
    }

    /**
     * The {@code session} of the {@code session.update} that this configuration comes to, in GA shape; empty if it sets
     * nothing but the model, which stands in the URL. A session that only transcribes has no other fields than
     * {@code audio.input} and {@code include}.
     */
    public Optional<ObjectNode> session() {
        ObjectNode set = transcription ? hearing() : fields.deepCopy();
        if (set.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode session = Json.object().put("type", transcription ? "transcription" : "realtime");
        session.setAll(set);
        return Optional.of(session);
    }

    /** What is set of the fields that a session without answers has. */
    private ObjectNode hearing() {
        ObjectNode hearing = Json.object();
        if (fields.at("/audio/input") instanceof ObjectNode input) {
            hearing.putObject("audio").set("input", input.deepCopy());
        }
        JsonNode include = fields.get("include");
        if (include != null) {
            hearing.set("include", include.deepCopy());
        }
        return hearing;
    }

    /** Says which fields are set, and none of their values, of which one is the prompt. */
    @Override
    public String toString() {
        return "RealtimeSessionConfig[model=" + model + ", transcription=" + transcription + ", fields="
                + fields.propertyNames() + "]";
    }

    private static void merge(ObjectNode into, ObjectNode from) {
        for (Map.Entry<String, JsonNode> field : from.properties()) {
            if (PARTS.contains(field.getKey())
                    && field.getValue() instanceof ObjectNode part
                    && into.get(field.getKey()) instanceof ObjectNode there) {
                merge(there, part);
            } else {
                into.set(field.getKey(), field.getValue().deepCopy());
            }
        }
    }

    /** Collects the settings of a {@link RealtimeSessionConfig}. Not safe for use by several threads. */
    public static final class Builder {
        private @Nullable String model;
        private boolean transcription;
        private boolean answersHeld;
        private final ObjectNode fields = Json.object();

        private Builder() {}

        private Builder merge(RealtimeSessionConfig other) {
            model = other.model != null ? other.model : model;
            transcription |= other.transcription;
            answersHeld |= other.answersHeld;
            RealtimeSessionConfig.merge(fields, other.fields);
            return this;
        }

        /** The model's name, such as {@code gpt-realtime-2.1}. */
        public Builder model(String name) {
            model = name;
            return this;
        }

        /** Asks for a session that only writes down what it hears. */
        public Builder transcription(boolean only) {
            transcription = only;
            return this;
        }

        /**
         * Any fields of a session, as JSON in the shape of OpenAI Realtime GA; {@code type} and {@code model} count,
         * too. Of {@code audio} the single fields are set; any other value as a whole.
         */
        public Builder session(ObjectNode json) {
            ObjectNode given = json.deepCopy();
            JsonNode type = given.remove("type");
            JsonNode named = given.remove("model");
            if (type != null) {
                transcription = type.asString("").equals("transcription");
            }
            if (named != null && named.isString()) {
                model = named.asString();
            }
            RealtimeSessionConfig.merge(fields, given);
            return this;
        }

        /** Forgets a field of the session. */
        Builder without(String field) {
            fields.remove(field);
            return this;
        }

        /** What the model is told about its task and manner. */
        public Builder instructions(String text) {
            fields.put("instructions", text);
            return this;
        }

        /** One of OpenAI's voices. */
        public Builder voice(OpenAIVoice named) {
            return voice(named.wireName());
        }

        /** A voice by its name; whether the provider has it is checked when the session starts. */
        public Builder voice(String name) {
            audio("output").put("voice", name);
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
            fields.putArray("output_modalities").add(given.contains("audio") ? "audio" : "text");
            return this;
        }

        /** The format of the user's audio. */
        public Builder inputFormat(RealtimeAudioFormat format) {
            audio("input").set("format", format.json());
            return this;
        }

        /** The format of the model's audio. */
        public Builder outputFormat(RealtimeAudioFormat format) {
            audio("output").set("format", format.json());
            return this;
        }

        /** Whether the provider finds the ends of turns ({@link TurnDetection#SERVER_VAD}), or nobody does. */
        public Builder turnDetection(boolean on) {
            return turnDetection(on ? TurnDetection.SERVER_VAD : TurnDetection.OFF);
        }

        /** How the provider finds the ends of turns. */
        public Builder turnDetection(TurnDetection how) {
            audio("input").set("turn_detection", how.json());
            return this;
        }

        /** Lets neither ends of turns nor silence ask for responses, however turns are found. */
        public Builder withoutAutomaticResponses() {
            JsonNode detection = fields.at("/audio/input/turn_detection");
            if (detection instanceof ObjectNode set) {
                answersHeld = set.path("create_response").asBoolean(true);
                set.put("create_response", false).remove("idle_timeout_ms");
            } else if (!detection.isNull()) {
                turnDetection(TurnDetection.SERVER_VAD);
                return withoutAutomaticResponses();
            }
            return this;
        }

        /** Asks for transcripts of the user's speech, by this model. */
        public Builder transcriptionModel(String name) {
            audio("input").putObject("transcription").put("model", name);
            return this;
        }

        /**
         * The functions that the model may call, each as in {@code session.tools}:
         * {@code {"type":"function","name":…,"description":…,"parameters":…}}.
         */
        public Builder tools(List<ObjectNode> functions) {
            fields.putArray("tools")
                    .addAll(functions.stream().map(ObjectNode::deepCopy).toList());
            return this;
        }

        /** The longest answer, in tokens. */
        public Builder maxOutputTokens(int tokens) {
            fields.put("max_output_tokens", tokens);
            return this;
        }

        /** The configuration. */
        public RealtimeSessionConfig build() {
            return new RealtimeSessionConfig(this);
        }

        private ObjectNode audio(String direction) {
            return fields.withObject("/audio/" + direction);
        }
    }
}
