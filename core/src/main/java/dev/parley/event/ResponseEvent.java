package dev.parley.event;

import dev.parley.event.codec.Wire;
import dev.parley.protocol.Fields;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What the model answers, piece by piece; {@link Done} always comes last. OpenAI Realtime: {@code response.*}. An index
 * counts from 0: {@code outputIndex} among the response's items, {@code contentIndex} among the item's parts.
 */
public sealed interface ResponseEvent extends ServerEvent {
    /** {@code response.created}: a response has begun. */
    @Wire.Type("response.created")
    record Created(String eventId, Response response, Fields more) implements ResponseEvent {}

    /** {@code response.done}: a response has ended, however it did. */
    @Wire.Type("response.done")
    record Done(String eventId, Response response, Fields more) implements ResponseEvent {}

    /** {@code response.output_item.added}: a response has a new item. */
    @Wire.Type("response.output_item.added")
    record OutputItemAdded(String eventId, String responseId, int outputIndex, Item item, Fields more)
            implements ResponseEvent {}

    /** {@code response.output_item.done}: an item of a response is complete. */
    @Wire.Type("response.output_item.done")
    record OutputItemDone(String eventId, String responseId, int outputIndex, Item item, Fields more)
            implements ResponseEvent {}

    /**
     * {@code response.content_part.added}: an item has a new part.
     *
     * @param part {@link Content.Text} or {@link Content.Audio}
     */
    @Wire.Type("response.content_part.added")
    record ContentPartAdded(
            String eventId,
            String responseId,
            String itemId,
            int outputIndex,
            int contentIndex,
            Content part,
            Fields more)
            implements ResponseEvent {}

    /**
     * {@code response.content_part.done}: a part is complete.
     *
     * @param part {@link Content.Text} or {@link Content.Audio}
     */
    @Wire.Type("response.content_part.done")
    record ContentPartDone(
            String eventId,
            String responseId,
            String itemId,
            int outputIndex,
            int contentIndex,
            Content part,
            Fields more)
            implements ResponseEvent {}

    /**
     * {@code response.output_text.delta}: a piece of text.
     *
     * @param obfuscation padding that hides the length of the piece
     */
    @Wire.Type("response.output_text.delta")
    record OutputTextDelta(
            String eventId,
            String responseId,
            String itemId,
            int outputIndex,
            int contentIndex,
            String delta,
            @Nullable String obfuscation,
            Fields more)
            implements ResponseEvent {}

    /** {@code response.output_text.done}: the text is complete. */
    @Wire.Type("response.output_text.done")
    record OutputTextDone(
            String eventId,
            String responseId,
            String itemId,
            int outputIndex,
            int contentIndex,
            String text,
            Fields more)
            implements ResponseEvent {}

    /**
     * {@code response.output_audio.delta}: a piece of speech.
     *
     * @param delta base64, in the session's output format
     */
    @Wire.Type("response.output_audio.delta")
    record OutputAudioDelta(
            String eventId,
            String responseId,
            String itemId,
            int outputIndex,
            int contentIndex,
            String delta,
            Fields more)
            implements ResponseEvent {
        /**
         * The audio itself.
         *
         * @throws IllegalArgumentException if it is not base64
         */
        public byte[] bytes() {
            return Base64.getDecoder().decode(delta);
        }
    }

    /** {@code response.output_audio.done}: the speech is complete. */
    @Wire.Type("response.output_audio.done")
    record OutputAudioDone(
            String eventId, String responseId, String itemId, int outputIndex, int contentIndex, Fields more)
            implements ResponseEvent {}

    /**
     * {@code response.output_audio_transcript.delta}: a piece of the speech's words, which runs ahead of the audio.
     *
     * @param obfuscation padding that hides the length of the piece
     */
    @Wire.Type("response.output_audio_transcript.delta")
    record OutputTranscriptDelta(
            String eventId,
            String responseId,
            String itemId,
            int outputIndex,
            int contentIndex,
            String delta,
            @Nullable String obfuscation,
            Fields more)
            implements ResponseEvent {}

    /** {@code response.output_audio_transcript.done}: the words are complete. */
    @Wire.Type("response.output_audio_transcript.done")
    record OutputTranscriptDone(
            String eventId,
            String responseId,
            String itemId,
            int outputIndex,
            int contentIndex,
            String transcript,
            Fields more)
            implements ResponseEvent {}

    /**
     * {@code response.function_call_arguments.delta}: a piece of the arguments of a function call.
     *
     * @param obfuscation padding that hides the length of the piece
     */
    @Wire.Type("response.function_call_arguments.delta")
    record FunctionArgumentsDelta(
            String eventId,
            String responseId,
            String itemId,
            int outputIndex,
            String callId,
            String delta,
            @Nullable String obfuscation,
            Fields more)
            implements ResponseEvent {}

    /**
     * {@code response.function_call_arguments.done}: the arguments are complete.
     *
     * @param arguments a JSON object as text
     */
    @Wire.Type("response.function_call_arguments.done")
    record FunctionArgumentsDone(
            String eventId,
            String responseId,
            String itemId,
            int outputIndex,
            String callId,
            String name,
            String arguments,
            Fields more)
            implements ResponseEvent {}
}
