package dev.parley.dialect;

import dev.parley.protocol.Bytes;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventScanner;
import dev.parley.protocol.EventType;
import dev.parley.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Types of events that have another name there than in GA. A name is replaced in the bytes, so that audio is neither
 * parsed nor decoded.
 */
final class Renames {
    /** GA as it is. */
    static final Renames NONE = new Renames(Map.of(), false);

    private static final Map<String, String> OUTPUT = Map.of(
            "response.text.delta", "response.output_text.delta",
            "response.text.done", "response.output_text.done",
            "response.audio.delta", "response.output_audio.delta",
            "response.audio.done", "response.output_audio.done",
            "response.audio_transcript.delta", "response.output_audio_transcript.delta",
            "response.audio_transcript.done", "response.output_audio_transcript.done");

    /** The beta's names of output. */
    static final Renames BETA = new Renames(OUTPUT, true);

    /** GA, with the beta's names understood. */
    static final Renames BETA_UNDERSTOOD = new Renames(OUTPUT, false);

    private final Map<EventType, EventType> toGa = new HashMap<>();
    private final Map<EventType, EventType> fromGa = new HashMap<>();

    private Renames(Map<String, String> names, boolean written) {
        names.forEach((theirs, ga) -> {
            toGa.put(EventType.of(theirs), EventType.of(ga));
            if (written) {
                fromGa.put(EventType.of(ga), EventType.of(theirs));
            }
        });
    }

    /** The GA name of a type, or null if it is the same. */
    @Nullable
    EventType toGa(EventType type) {
        return toGa.get(type);
    }

    /** The peer's name of a type, or null if it is the same. */
    @Nullable
    EventType fromGa(EventType type) {
        return fromGa.get(type);
    }

    /**
     * A message with another type.
     *
     * @param message as {@code scanner} scanned it last
     * @param event what the scanner found
     * @return the same bytes but for the type's name
     */
    static Bytes renamed(Bytes message, Event event, EventType type, EventScanner scanner) {
        int at = scanner.typeAt();
        if (at < 0) {
            ObjectNode json = Json.parse(message);
            return Json.write(json.put("type", type.name()));
        }
        byte[] old = event.type().name().getBytes(StandardCharsets.UTF_8);
        byte[] name = type.name().getBytes(StandardCharsets.UTF_8);
        int behind = at + old.length;
        byte[] renamed = new byte[message.length() - old.length + name.length];
        message.copyTo(0, renamed, 0, at);
        System.arraycopy(name, 0, renamed, at, name.length);
        message.copyTo(behind, renamed, at + name.length, message.length() - behind);
        return Bytes.of(renamed);
    }
}
