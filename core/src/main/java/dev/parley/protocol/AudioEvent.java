package dev.parley.protocol;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * An event with an audio payload in base64: {@code input_audio_buffer.append} or {@code response.output_audio.delta}.
 * What metering and dropping need is known from the scan; the payload is decoded only where somebody asks for it.
 */
public final class AudioEvent implements Event {
    private final EventType type;
    private final Bytes wire;
    private final @Nullable Bytes unescaped;
    private final int from;
    private final int to;
    private final @Nullable String eventId;
    private final @Nullable ItemKey item;

    /** The payload stands from {@code from} to {@code to}: of {@code unescaped}, or of the wire where that is null. */
    AudioEvent(
            EventType type,
            Bytes wire,
            @Nullable Bytes unescaped,
            int from,
            int to,
            @Nullable String eventId,
            @Nullable ItemKey item) {
        this.type = type;
        this.wire = wire;
        this.unescaped = unescaped;
        this.from = from;
        this.to = to;
        this.eventId = eventId;
        this.item = item;
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
        return eventId;
    }

    /** The part of a conversation that this audio belongs to; null on its way to the provider. */
    public @Nullable ItemKey item() {
        return item;
    }

    /** The size of the audio in bytes: three quarters of the payload's characters, less its padding. */
    public int audioBytes() {
        Bytes payload = payload();
        int end = to;
        while (end > from && end > to - 2 && payload.at(end - 1) == '=') {
            end--;
        }
        return (int) ((end - from) * 3L / 4);
    }

    /**
     * The audio, decoded.
     *
     * @throws IllegalArgumentException if the payload is not base64; the text quotes nothing of it
     */
    public byte[] audio() {
        try {
            return Base64.getDecoder().decode(payload().array(from, to));
        } catch (IllegalArgumentException e) {
            // The decoder's text names a character of the payload.
            throw new IllegalArgumentException("the audio is not valid base64");
        }
    }

    private Bytes payload() {
        return unescaped != null ? unescaped : wire;
    }

    @Override
    public AudioEvent copy() {
        return new AudioEvent(type, wire.copy(), unescaped, from, to, eventId, item);
    }

    @Override
    public String toString() {
        return type.name();
    }
}
