package dev.parley.event.session;

import dev.parley.event.codec.Codec;
import dev.parley.event.codec.Wire;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Fields;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A session's configuration: in {@code session.update} what is to change, in {@code session.created} and
 * {@code session.updated} what holds. OpenAI Realtime: {@code session}.
 */
@Wire.Family(otherwise = "realtime")
public sealed interface Session {
    /** The configuration in an object; nothing is lost, and nothing fails. */
    static Session decode(ObjectNode json) {
        return codec().decode(json);
    }

    /**
     * What a strict server refuses of a client's configuration, if anything.
     *
     * @param path where it stands, such as {@code session}
     */
    static Optional<ErrorDetail> check(JsonNode json, String path) {
        return codec().fault(json, path);
    }

    /** A configuration of a conversation, piece by piece. */
    static RealtimeBuilder realtime() {
        return new RealtimeBuilder();
    }

    /** The configuration of a session that only transcribes. */
    static Session transcription(SessionAudio.Transcription how) {
        SessionAudio.Input input = new SessionAudio.Input(null, how, null, null, Fields.NONE);
        return new Transcription(null, null, null, new SessionAudio(input, null, Fields.NONE), null, Fields.NONE);
    }

    private static Codec<Session> codec() {
        return Codec.of(Session.class);
    }

    /** The object; the caller's own. */
    default ObjectNode encode() {
        return codec().encode(this);
    }

    /**
     * A conversation with a model: {@code realtime}. Also what servers send that give no type.
     *
     * @param id such as {@code sess_…}; only servers set it
     * @param expiresAt when the session ends, in seconds since 1970; only servers set it
     * @param outputModalities {@code ["audio"]} or {@code ["text"]}
     * @param toolChoice whether and which tools the model uses
     * @param maxOutputTokens how long an answer may be
     * @param include further parts of events: {@code item.input_audio_transcription.logprobs}
     * @param parallelToolCalls whether one response may call several tools
     * @param more what the other components cannot hold
     */
    @Wire.Type("realtime")
    record Realtime(
            @Wire.ServerOnly @Nullable String object,
            @Wire.ServerOnly @Nullable String id,
            @Nullable String model,

            @Wire.OneOf({"text", "audio"}) @Wire.Ruled(Modalities.class) @Nullable
            List<String> outputModalities,

            @Nullable String instructions,
            @Nullable List<Tool> tools,
            @Nullable ToolChoice toolChoice,
            @Nullable TokenLimit maxOutputTokens,
            @Wire.OrNull @Nullable Tracing tracing,
            @Nullable Truncation truncation,
            @Wire.OrNull @Nullable Prompt prompt,
            @Wire.ServerOnly @Nullable Long expiresAt,
            @Nullable SessionAudio audio,

            @Wire.OrNull @Wire.OneOf("item.input_audio_transcription.logprobs") @Nullable
            List<String> include,

            @Nullable Boolean parallelToolCalls,
            @Nullable Reasoning reasoning,
            Fields more)
            implements Session {
        public Realtime {
            outputModalities = outputModalities == null ? null : List.copyOf(outputModalities);
            tools = tools == null ? null : List.copyOf(tools);
            include = include == null ? null : List.copyOf(include);
        }
    }

    /**
     * Speech to text without a model that answers: {@code transcription}.
     *
     * @param id only servers set it
     * @param expiresAt when the session ends, in seconds since 1970; only servers set it
     * @param audio without output
     * @param include further parts of events: {@code item.input_audio_transcription.logprobs}
     * @param more what the other components cannot hold
     */
    @Wire.Type("transcription")
    @Wire.Ruled(NoOutput.class)
    record Transcription(
            @Wire.ServerOnly @Nullable String object,
            @Wire.ServerOnly @Nullable String id,
            @Wire.ServerOnly @Nullable Long expiresAt,
            @Nullable SessionAudio audio,

            @Wire.OrNull @Wire.OneOf("item.input_audio_transcription.logprobs") @Nullable
            List<String> include,

            Fields more)
            implements Session {
        public Transcription {
            include = include == null ? null : List.copyOf(include);
        }
    }

    /** A kind of session that this version of Parley does not know. */
    record Unknown(Fields json) implements Session {}
}
