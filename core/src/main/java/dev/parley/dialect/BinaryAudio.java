package dev.parley.dialect;

import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventType;
import dev.parley.protocol.ItemKey;
import dev.parley.protocol.MalformedEvent;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The dialect of a client with the subprotocol {@value #SUBPROTOCOL}: audio comes and goes in binary messages without
 * base64, each with a small header, and all else as another dialect has it. The header is in docs/wire/client.md.
 */
public final class BinaryAudio implements Dialect {
    /** What a client offers in its handshake, and is answered with. */
    public static final String SUBPROTOCOL = "parley.binary";

    private static final int INPUT = 1;
    private static final int OUTPUT = 2;
    /** Bytes of a header without an item's id. */
    private static final int HEADER = 4;
    /** The largest number that one byte of the header holds. */
    private static final int MOST = 255;

    private static final Bytes NOTHING = Bytes.of(new byte[0]);

    private final Dialect texts;
    /** The part of an item that the last audio belonged to, and its header; null: it can have none. */
    private @Nullable ItemKey part;

    private byte @Nullable [] header;

    /**
     * The dialect of one client.
     *
     * @param texts how it writes all other events, and audio where it sends that as JSON
     */
    public BinaryAudio(Dialect texts) {
        this.texts = texts;
    }

    @Override
    public void inbound(Bytes message, Consumer<Event> out) {
        texts.inbound(message, out);
    }

    @Override
    public void binary(Bytes message, Consumer<Event> out) {
        String fault = fault(message);
        out.accept(
                fault == null
                        ? AudioEvent.append(message, HEADER)
                        : new MalformedEvent(NOTHING, null, ErrorDetail.invalid("invalid_event", fault, null)));
    }

    /** What is wrong with a message of the client, or null. */
    private static @Nullable String fault(Bytes message) {
        int length = message.length();
        if (length < HEADER) {
            return "A binary message begins with a header of " + HEADER + " bytes; this one has " + length
                    + (length == 1 ? " byte" : " bytes") + " in all.";
        }
        int kind = message.at(0) & 0xff;
        if (kind != INPUT) {
            return "A binary message of the kind " + kind + " is not known; a client sends the kind " + INPUT
                    + ", input audio.";
        }
        for (int i = 1; i < HEADER; i++) {
            if (message.at(i) != 0) {
                return "Byte " + i + " of the header of input audio is " + (message.at(i) & 0xff) + "; it must be 0.";
            }
        }
        return length == HEADER ? "A binary message holds no audio; send at least one byte behind its header." : null;
    }

    @Override
    public void outbound(Event event, Messages out) {
        Bytes message = event instanceof AudioEvent audio && audio.type().equals(EventType.OUTPUT_AUDIO_DELTA)
                ? message(audio)
                : null;
        if (message == null) {
            texts.outbound(event, out);
        } else {
            out.binary(message);
        }
    }

    /** The message that says this delta; null if it goes as JSON. */
    private @Nullable Bytes message(AudioEvent audio) {
        if (part == null || !audio.belongsTo(part)) {
            part = audio.item();
            header = part == null ? null : header(part);
        }
        if (header == null) {
            return null;
        }
        byte[] message = new byte[header.length + audio.audioBytes()];
        System.arraycopy(header, 0, message, 0, header.length);
        try {
            return Bytes.lend(message, 0, header.length + audio.audio(message, header.length));
        } catch (IllegalArgumentException e) {
            // No base64: the client is to see what the provider said.
            return null;
        }
    }

    private static byte @Nullable [] header(ItemKey part) {
        int length = part.itemId().length();
        if (length == 0 || length > MOST || part.contentIndex() < 0 || part.contentIndex() > MOST) {
            return null;
        }
        byte[] id = part.itemId().getBytes(StandardCharsets.UTF_8);
        if (id.length != length) {
            return null;
        }
        // The audio begins at a multiple of four, as typed arrays want it.
        byte[] header = new byte[(HEADER + length + 3) & ~3];
        header[0] = OUTPUT;
        header[1] = (byte) part.contentIndex();
        header[2] = (byte) length;
        System.arraycopy(id, 0, header, HEADER, length);
        return header;
    }
}
