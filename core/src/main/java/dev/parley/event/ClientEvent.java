package dev.parley.event;

import dev.parley.event.codec.Codec;
import dev.parley.event.codec.Wire;
import dev.parley.event.session.Session;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.EventType;
import dev.parley.protocol.Fields;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An event that a client sends: the 11 of OpenAI Realtime GA, and every other. OpenAI Realtime: client events. */
@Wire.Family
public sealed interface ClientEvent {
    /** The event in an object; nothing is lost, and nothing fails. */
    static ClientEvent decode(ObjectNode json) {
        return Codec.of(ClientEvent.class).decode(json);
    }

    /** What a strict server refuses of an event, if anything: the first fault, in OpenAI's codes and paths. */
    static Optional<ErrorDetail> check(JsonNode json) {
        return Codec.of(ClientEvent.class).fault(json, "");
    }

    /** Changes what a session holds, and leaves the rest. */
    static ClientEvent update(Session session) {
        return new SessionUpdate(null, session, Fields.NONE);
    }

    /** Sends audio in the session's input format. */
    static ClientEvent append(byte[] audio) {
        return new InputAudioAppend(null, Base64.getEncoder().encodeToString(audio), Fields.NONE);
    }

    /** Ends the user's turn, where the server does not find its end. */
    static ClientEvent commit() {
        return new InputAudioCommit(null, Fields.NONE);
    }

    /** Forgets the audio that was sent and not committed. */
    static ClientEvent clearInput() {
        return new InputAudioClear(null, Fields.NONE);
    }

    /** Adds an item at the conversation's end. */
    static ClientEvent create(Item item) {
        return new ItemCreate(null, item, null, Fields.NONE);
    }

    /** Asks for an item with its audio. */
    static ClientEvent retrieve(String itemId) {
        return new ItemRetrieve(null, itemId, Fields.NONE);
    }

    /** Tells how much of the model's speech was heard, in ms. */
    static ClientEvent truncate(String itemId, int audioEndMs) {
        return new ItemTruncate(null, itemId, 0, audioEndMs, Fields.NONE);
    }

    /** Takes an item out of the conversation. */
    static ClientEvent delete(String itemId) {
        return new ItemDelete(null, itemId, Fields.NONE);
    }

    /** Asks for a response as the session has it. */
    static ClientEvent respond() {
        return new ResponseCreate(null, null, Fields.NONE);
    }

    /** Asks for a response that differs. */
    static ClientEvent respond(ResponseOptions options) {
        return new ResponseCreate(null, options, Fields.NONE);
    }

    /** Stops the active response. */
    static ClientEvent cancel() {
        return new ResponseCancel(null, null, Fields.NONE);
    }

    /** Stops one response. */
    static ClientEvent cancel(String responseId) {
        return new ResponseCancel(null, responseId, Fields.NONE);
    }

    /** Stops the speech that is being played, on WebRTC and SIP. */
    static ClientEvent clearOutput() {
        return new OutputAudioClear(null, Fields.NONE);
    }

    /** The object; the caller's own. */
    default ObjectNode encode() {
        return Codec.of(ClientEvent.class).encode(this);
    }

    /** What kind of event this is. */
    default EventType type() {
        return EventType.of(Codec.of(ClientEvent.class).typeOf(this).orElse(""));
    }

    /** The client's own id of the event, at most 512 characters, which an {@code error} about it names. */
    @Nullable
    String eventId();

    /** The same event with an id. */
    default ClientEvent withEventId(String id) {
        return decode(encode().put("event_id", id));
    }

    /** {@code session.update}: changes what the session holds, and leaves the rest. */
    @Wire.Type("session.update")
    record SessionUpdate(@Wire.Length(max = 512) @Nullable String eventId, Session session, Fields more)
            implements ClientEvent {}

    /**
     * {@code input_audio_buffer.append}: audio of the user's.
     *
     * @param audio base64, in the session's input format; at most 15 MiB of audio
     */
    @Wire.Type("input_audio_buffer.append")
    record InputAudioAppend(
            @Wire.Length(max = 512) @Nullable String eventId, String audio, Fields more) implements ClientEvent {
        /**
         * The audio itself.
         *
         * @throws IllegalArgumentException if it is not base64
         */
        public byte[] bytes() {
            return Base64.getDecoder().decode(audio);
        }
    }

    /** {@code input_audio_buffer.commit}: ends the user's turn. */
    @Wire.Type("input_audio_buffer.commit")
    record InputAudioCommit(
            @Wire.Length(max = 512) @Nullable String eventId, Fields more) implements ClientEvent {}

    /** {@code input_audio_buffer.clear}: forgets the audio that is not committed. */
    @Wire.Type("input_audio_buffer.clear")
    record InputAudioClear(@Wire.Length(max = 512) @Nullable String eventId, Fields more) implements ClientEvent {}

    /**
     * {@code conversation.item.create}: adds an item.
     *
     * @param previousItemId the item that it stands behind; {@code root}: at the front; null: at the end
     */
    @Wire.Type("conversation.item.create")
    record ItemCreate(
            @Wire.Length(max = 512) @Nullable String eventId,
            @Wire.Without("item_reference") Item item,
            @Wire.OrNull @Nullable String previousItemId,
            Fields more)
            implements ClientEvent {}

    /** {@code conversation.item.retrieve}: asks for an item with its audio. */
    @Wire.Type("conversation.item.retrieve")
    record ItemRetrieve(@Wire.Length(max = 512) @Nullable String eventId, String itemId, Fields more)
            implements ClientEvent {}

    /**
     * {@code conversation.item.truncate}: tells how much of the model's speech was heard.
     *
     * @param contentIndex the part of the item, 0
     * @param audioEndMs how much, in ms
     */
    @Wire.Type("conversation.item.truncate")
    record ItemTruncate(
            @Wire.Length(max = 512) @Nullable String eventId,
            String itemId,
            @Wire.Range(min = 0) int contentIndex,
            @Wire.Range(min = 0) int audioEndMs,
            Fields more)
            implements ClientEvent {}

    /** {@code conversation.item.delete}: takes an item out of the conversation. */
    @Wire.Type("conversation.item.delete")
    record ItemDelete(@Wire.Length(max = 512) @Nullable String eventId, String itemId, Fields more)
            implements ClientEvent {}

    /**
     * {@code response.create}: asks for a response.
     *
     * @param response what it does differently from the session
     */
    @Wire.Type("response.create")
    record ResponseCreate(
            @Wire.Length(max = 512) @Nullable String eventId,
            @Wire.OrNull @Nullable ResponseOptions response,
            Fields more)
            implements ClientEvent {}

    /**
     * {@code response.cancel}: stops a response.
     *
     * @param responseId which; null: the active one of the conversation
     */
    @Wire.Type("response.cancel")
    record ResponseCancel(
            @Wire.Length(max = 512) @Nullable String eventId,
            @Wire.OrNull @Nullable String responseId,
            Fields more) implements ClientEvent {}

    /** {@code output_audio_buffer.clear}: stops the speech that is being played, on WebRTC and SIP. */
    @Wire.Type("output_audio_buffer.clear")
    record OutputAudioClear(
            @Wire.Length(max = 512) @Nullable String eventId, Fields more) implements ClientEvent {}

    /** An event that is not of OpenAI Realtime GA. */
    record Unknown(Fields json) implements ClientEvent {
        @Override
        public EventType type() {
            return EventType.of(json.get("type").map(type -> type.asString("")).orElse(""));
        }

        @Override
        public @Nullable String eventId() {
            return json.get("event_id").map(id -> id.asString("")).orElse(null);
        }
    }
}
