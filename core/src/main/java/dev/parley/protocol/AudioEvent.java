package dev.parley.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event with an audio payload in base64: {@code input_audio_buffer.append} or {@code response.output_audio.delta}.
 * What metering and dropping need is known from the scan; the ids are made, and the payload is decoded, only where
 * somebody asks for them.
 */
public final class AudioEvent implements Event {
    private static final byte[] APPEND =
            "{\"type\":\"input_audio_buffer.append\",\"audio\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CLOSED = {'"', '}'};

    private final EventType type;
    private final Bytes wire;
    /** The wire, or what its payload is without escapes. */
    private final Bytes payload;

    private final int from;
    private final int to;
    /** Where in the wire the ids stand; below 0: nowhere. */
    private final int eventIdFrom;

    private final int eventIdTo;
    private final int itemIdFrom;
    private final int itemIdTo;
    private final int contentIndex;
    private @Nullable String eventId;
    private @Nullable ItemKey item;

    /** An event that the scan has found, with all that matters in its wire. */
    AudioEvent(
            EventType type,
            Bytes wire,
            int from,
            int to,
            int eventIdFrom,
            int eventIdTo,
            int itemIdFrom,
            int itemIdTo,
            int contentIndex) {
        this.type = type;
        this.wire = wire;
        this.payload = wire;
        this.from = from;
        this.to = to;
        this.eventIdFrom = eventIdFrom;
        this.eventIdTo = eventIdTo;
        this.itemIdFrom = itemIdFrom;
        this.itemIdTo = itemIdTo;
        this.contentIndex = contentIndex;
    }

    /** An event that had to be parsed. */
    AudioEvent(EventType type, Bytes wire, Bytes payload, @Nullable String eventId, @Nullable ItemKey item) {
        this.type = type;
        this.wire = wire;
        this.payload = payload;
        this.from = 0;
        this.to = payload.length();
        this.eventIdFrom = -1;
        this.eventIdTo = -1;
        this.itemIdFrom = -1;
        this.itemIdTo = -1;
        this.contentIndex = 0;
        this.eventId = eventId;
        this.item = item;
    }

    /**
     * An {@code input_audio_buffer.append} with audio that is not in base64 yet.
     *
     * @param message what holds the audio, from {@code from} to its end; not kept
     */
    public static AudioEvent append(Bytes message, int from) {
        ByteBuffer audio = ByteBuffer.wrap(message.holder(), message.offset() + from, message.length() - from);
        ByteBuffer base64 = Base64.getEncoder().encode(audio);
        int begins = APPEND.length;
        int ends = begins + base64.remaining();
        byte[] wire = Arrays.copyOf(APPEND, ends + CLOSED.length);
        base64.get(wire, begins, ends - begins);
        System.arraycopy(CLOSED, 0, wire, ends, CLOSED.length);
        return new AudioEvent(EventType.INPUT_AUDIO_APPEND, Bytes.of(wire), begins, ends, -1, -1, -1, -1, 0);
    }

    @Override
    public EventType type() {
        return type;
    }

    @Override
    public Bytes wire() {
        return wire;
    }

    @Override
    public @Nullable String eventId() {
        if (eventId == null && eventIdFrom >= 0) {
            eventId = wire.text(eventIdFrom, eventIdTo);
        }
        return eventId;
    }

    /** The part of a conversation that this audio belongs to; null on its way to the provider. */
    public @Nullable ItemKey item() {
        if (item == null && itemIdFrom >= 0) {
            item = new ItemKey(wire.text(itemIdFrom, itemIdTo), contentIndex);
        }
        return item;
    }

    /** Whether {@link #item()} is this part; makes nothing to find that out. */
    public boolean belongsTo(ItemKey part) {
        if (item != null || itemIdFrom < 0) {
            return part.equals(item);
        }
        String id = part.itemId();
        if (contentIndex != part.contentIndex() || id.length() != itemIdTo - itemIdFrom) {
            return false;
        }
        // A character that is no ASCII is no byte either; such audio was parsed.
        for (int i = 0; i < id.length(); i++) {
            if (id.charAt(i) != wire.at(itemIdFrom + i)) {
                return false;
            }
        }
        return true;
    }

    /** The size of the audio in bytes: three quarters of the payload's characters, less its padding. */
    public int audioBytes() {
        int end = to;
        while (end > from && end > to - 2 && payload.at(end - 1) == '=') {
            end--;
        }
        return (int) ((end - from) * 3L / 4);
    }

    /** The audio as it stands in the event, in base64; not checked, and on loan as the event is. */
    public Bytes base64() {
        return payload.part(from, to);
    }

    /**
     * The audio, decoded.
     *
     * @throws IllegalArgumentException if the payload is not base64; the text quotes nothing of it
     */
    public byte[] audio() {
        byte[] audio = new byte[audioBytes()];
        int length = audio(audio, 0);
        return length == audio.length ? audio : Arrays.copyOf(audio, length);
    }

    /**
     * Decodes the audio into an array, which has room for {@link #audioBytes()} bytes from {@code at} on.
     *
     * @return how many bytes it is
     * @throws IllegalArgumentException if the payload is not base64; the text quotes nothing of it
     */
    public int audio(byte[] target, int at) {
        try {
            ByteBuffer base64 = ByteBuffer.wrap(payload.holder(), payload.offset() + from, to - from);
            ByteBuffer audio = Base64.getDecoder().decode(base64);
            int length = audio.remaining();
            audio.get(target, at, length);
            return length;
        } catch (IllegalArgumentException e) {
            // The decoder's text names a character of the payload.
            throw new IllegalArgumentException("the audio is not valid base64");
        }
    }

    /** The same event with other audio: all else in its JSON stays as it is. */
    public AudioEvent withAudio(byte[] audio) {
        byte[] text = Base64.getEncoder().encode(audio);
        return payload == wire ? spliced(from, to, text) : rewritten(text, eventId());
    }

    /** As {@link #withAudio(byte[])}, and if it has an {@code event_id}, then with another one. */
    public AudioEvent withAudio(byte[] audio, String otherId) {
        if (payload != wire) {
            return rewritten(Base64.getEncoder().encode(audio), eventId() == null ? null : otherId);
        }
        AudioEvent other = withAudio(audio);
        return eventIdFrom < 0
                ? other
                : other.spliced(other.eventIdFrom, other.eventIdTo, otherId.getBytes(StandardCharsets.UTF_8));
    }

    /** With other bytes in place of a span, which is that of the audio or of an id. */
    private AudioEvent spliced(int start, int end, byte[] instead) {
        int shift = instead.length - (end - start);
        byte[] spliced = new byte[wire.length() + shift];
        wire.copyTo(0, spliced, 0, start);
        System.arraycopy(instead, 0, spliced, start, instead.length);
        wire.copyTo(end, spliced, start + instead.length, wire.length() - end);
        return new AudioEvent(
                type,
                Bytes.of(spliced),
                from > start ? from + shift : from,
                to >= end ? to + shift : to,
                eventIdFrom > start ? eventIdFrom + shift : eventIdFrom,
                eventIdTo >= end ? eventIdTo + shift : eventIdTo,
                itemIdFrom > start ? itemIdFrom + shift : itemIdFrom,
                itemIdTo >= end ? itemIdTo + shift : itemIdTo,
                contentIndex);
    }

    private AudioEvent rewritten(byte[] text, @Nullable String id) {
        ObjectNode json = Json.parse(wire)
                .put(
                        type.equals(EventType.INPUT_AUDIO_APPEND) ? "audio" : "delta",
                        new String(text, StandardCharsets.US_ASCII));
        if (id != null) {
            json.put("event_id", id);
        }
        return new AudioEvent(type, Json.write(json), Bytes.of(text), id, item());
    }

    @Override
    public AudioEvent copy() {
        Bytes kept = wire.copy();
        return payload == wire
                ? new AudioEvent(type, kept, from, to, eventIdFrom, eventIdTo, itemIdFrom, itemIdTo, contentIndex)
                : new AudioEvent(type, kept, payload, eventId, item);
    }

    @Override
    public String toString() {
        return type.name();
    }
}
