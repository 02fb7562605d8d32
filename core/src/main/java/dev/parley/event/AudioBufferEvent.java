package dev.parley.event;

import dev.parley.event.codec.Wire;
import dev.parley.protocol.Fields;
import org.jspecify.annotations.Nullable;

/**
 * What happens to the audio on its way in, and on WebRTC and SIP on its way out. OpenAI Realtime:
 * {@code input_audio_buffer.*}, {@code output_audio_buffer.*}.
 */
public sealed interface AudioBufferEvent extends ServerEvent {
    /**
     * {@code input_audio_buffer.committed}: the user's turn has become an item.
     *
     * @param previousItemId the item before it; null: it is the first
     * @param itemId the item to come
     */
    @Wire.Type("input_audio_buffer.committed")
    record InputCommitted(String eventId, @Nullable String previousItemId, String itemId, Fields more)
            implements AudioBufferEvent {}

    /** {@code input_audio_buffer.cleared}: the audio that was not committed is forgotten. */
    @Wire.Type("input_audio_buffer.cleared")
    record InputCleared(String eventId, Fields more) implements AudioBufferEvent {}

    /**
     * {@code input_audio_buffer.speech_started}: the user speaks.
     *
     * @param itemId the item that the turn will be
     * @param audioStartMs where in all audio of the session, in ms
     */
    @Wire.Type("input_audio_buffer.speech_started")
    record SpeechStarted(String eventId, String itemId, int audioStartMs, Fields more) implements AudioBufferEvent {}

    /**
     * {@code input_audio_buffer.speech_stopped}: the user is silent again.
     *
     * @param audioEndMs where in all audio of the session, in ms
     */
    @Wire.Type("input_audio_buffer.speech_stopped")
    record SpeechStopped(String eventId, String itemId, int audioEndMs, Fields more) implements AudioBufferEvent {}

    /** {@code input_audio_buffer.timeout_triggered}: the user has been silent for {@code idle_timeout_ms}. */
    @Wire.Type("input_audio_buffer.timeout_triggered")
    record TimeoutTriggered(String eventId, String itemId, int audioStartMs, int audioEndMs, Fields more)
            implements AudioBufferEvent {}

    /**
     * {@code input_audio_buffer.dtmf_event_received}: a key of a telephone was pressed. OpenAI gives it no {@code event_id}.
     *
     * @param event {@code 0} to {@code 9}, {@code *}, {@code #}, {@code A} to {@code D}
     * @param receivedAt in s since 1970
     */
    @Wire.Type("input_audio_buffer.dtmf_event_received")
    record DtmfReceived(String eventId, String event, long receivedAt, Fields more) implements AudioBufferEvent {}

    /** {@code output_audio_buffer.started}: the server begins to play a response. */
    @Wire.Type("output_audio_buffer.started")
    record OutputStarted(String eventId, String responseId, Fields more) implements AudioBufferEvent {}

    /** {@code output_audio_buffer.stopped}: the server has played all of a response. */
    @Wire.Type("output_audio_buffer.stopped")
    record OutputStopped(String eventId, String responseId, Fields more) implements AudioBufferEvent {}

    /** {@code output_audio_buffer.cleared}: the server has stopped playing a response. */
    @Wire.Type("output_audio_buffer.cleared")
    record OutputCleared(String eventId, String responseId, Fields more) implements AudioBufferEvent {}
}
