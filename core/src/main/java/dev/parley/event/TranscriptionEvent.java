package dev.parley.event;

import dev.parley.event.codec.Wire;
import dev.parley.protocol.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The transcript of what the user said, in its own time. OpenAI Realtime: {@code conversation.item.input_audio_transcription.*}. */
public sealed interface TranscriptionEvent extends ServerEvent {
    /**
     * {@code conversation.item.input_audio_transcription.delta}: a piece of it.
     *
     * @param logprobs how sure the model is, where the session includes that
     * @param obfuscation padding that hides the length of the piece
     */
    @Wire.Type("conversation.item.input_audio_transcription.delta")
    record Delta(
            String eventId,
            String itemId,
            int contentIndex,
            String delta,
            @Nullable List<Logprob> logprobs,
            @Nullable String obfuscation,
            Fields more)
            implements TranscriptionEvent {
        public Delta {
            logprobs = logprobs == null ? null : List.copyOf(logprobs);
        }
    }

    /**
     * {@code conversation.item.input_audio_transcription.segment}: a piece of it with its speaker.
     *
     * @param start in s from the start of the audio
     * @param end in s from the start of the audio
     */
    @Wire.Type("conversation.item.input_audio_transcription.segment")
    record Segment(
            String eventId,
            String itemId,
            int contentIndex,
            String id,
            String text,
            String speaker,
            Number start,
            Number end,
            Fields more)
            implements TranscriptionEvent {}

    /**
     * {@code conversation.item.input_audio_transcription.completed}: all of it.
     *
     * @param usage what it cost, apart from the response
     * @param logprobs how sure the model is, where the session includes that
     * @param languages those that were heard
     */
    @Wire.Type("conversation.item.input_audio_transcription.completed")
    record Completed(
            String eventId,
            String itemId,
            int contentIndex,
            String transcript,
            Usage.Transcription usage,
            @Nullable List<Logprob> logprobs,
            @Nullable List<Language> languages,
            Fields more)
            implements TranscriptionEvent {
        public Completed {
            logprobs = logprobs == null ? null : List.copyOf(logprobs);
            languages = languages == null ? null : List.copyOf(languages);
        }
    }

    /** {@code conversation.item.input_audio_transcription.failed}: there will be none. */
    @Wire.Type("conversation.item.input_audio_transcription.failed")
    record Failed(String eventId, String itemId, int contentIndex, ErrorInfo error, Fields more)
            implements TranscriptionEvent {}

    /**
     * How sure the model is of one token.
     *
     * @param bytes the token in UTF-8
     */
    record Logprob(String token, Number logprob, @Nullable List<Integer> bytes, Fields more) {
        public Logprob {
            bytes = bytes == null ? null : List.copyOf(bytes);
        }
    }

    /**
     * A language that was heard.
     *
     * @param code such as {@code en}
     */
    record Language(String code, Fields more) {}
}
