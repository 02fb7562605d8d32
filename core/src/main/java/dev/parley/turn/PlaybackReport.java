package dev.parley.turn;

import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventType;
import dev.parley.protocol.ItemKey;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a client tells of its loudspeaker: the event {@code playback.position} of docs/wire/client.md, which goes to the
 * gateway and not to the provider.
 *
 * @param part what is being played, or was last
 * @param audioEndMs how many ms of its audio were played
 * @param playing whether it goes on now; false: it is paused, or there is nothing left to play
 */
public record PlaybackReport(ItemKey part, long audioEndMs, boolean playing) {
    /** The event's type. */
    public static final EventType TYPE = EventType.of("playback.position");

    /** Whether an event of the client is a report. */
    public static boolean is(Event event) {
        return event.type().equals(TYPE);
    }

    /** What is wrong with a report, or null. */
    public static @Nullable ErrorDetail fault(ControlEvent event) {
        JsonNode json = event.jsonOrEmpty();
        if (!json.path("item_id").isString()) {
            return fault("item_id", "the id of the item that is played, as in response.output_audio.delta");
        }
        JsonNode index = json.path("content_index");
        if (!index.isMissingNode() && !(index.canConvertToInt() && index.isIntegralNumber() && index.asInt() >= 0)) {
            return fault("content_index", "an integer from 0; it is 0 if left out");
        }
        JsonNode ms = json.path("audio_end_ms");
        if (!ms.isNumber() || !(ms.asDouble() >= 0) || ms.asDouble() > Integer.MAX_VALUE) {
            return fault("audio_end_ms", "how many ms of the item's audio were played, a number from 0");
        }
        JsonNode playing = json.path("playing");
        return playing.isMissingNode() || playing.isBoolean()
                ? null
                : fault("playing", "true or false; it is true if left out");
    }

    /** The report that an event without a {@link #fault} is. */
    public static PlaybackReport of(ControlEvent event) {
        JsonNode json = event.jsonOrEmpty();
        return new PlaybackReport(
                new ItemKey(
                        json.path("item_id").asString(""),
                        json.path("content_index").asInt(0)),
                (long) json.path("audio_end_ms").asDouble(0),
                json.path("playing").asBoolean(true));
    }

    private static ErrorDetail fault(String field, String what) {
        return ErrorDetail.invalid(
                "invalid_value", "'" + field + "' of '" + TYPE + "' is missing or wrong: it is " + what + ".", field);
    }
}
