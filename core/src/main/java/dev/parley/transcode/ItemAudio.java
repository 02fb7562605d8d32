package dev.parley.transcode;

import dev.parley.RealtimeAudioFormat;
import dev.parley.audio.AudioConverter;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.ErrorDetail;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Audio that stands whole inside a conversation's items, in the format of the session. Pure. */
final class ItemAudio {
    /** An event with its audio converted, or what is wrong with it. */
    record Converted(ControlEvent event, @Nullable ErrorDetail fault) {}

    /** The most parts with audio in one event: each needs a filter of its own. */
    private static final int MOST_PARTS = 64;

    private ItemAudio() {}

    /** A client's event with items in it, for the provider. */
    static Converted inward(ControlEvent event, Route input) {
        JsonNode given = event.jsonOrEmpty();
        if (!hasAudio(given.path("item"))
                && given.path("response").path("input").valueStream().noneMatch(ItemAudio::hasAudio)) {
            return new Converted(event, null);
        }
        ErrorDetail tooMuch = tooMuch(given, input);
        if (tooMuch != null) {
            return new Converted(event, tooMuch);
        }
        ObjectNode json = event.json().deepCopy();
        ErrorDetail fault = inward(json.path("item"), input, "item");
        int index = 0;
        for (JsonNode item : json.path("response").path("input")) {
            fault = fault == null ? inward(item, input, "response.input[" + index + "]") : fault;
            index++;
        }
        return new Converted(fault == null ? ControlEvent.of(json) : event, fault);
    }

    /** What is wrong with an event whose audio would take too long to convert, or null. */
    private static @Nullable ErrorDetail tooMuch(JsonNode event, Route input) {
        List<JsonNode> parts = Stream.concat(
                        Stream.of(event.path("item")),
                        event.path("response").path("input").valueStream())
                .flatMap(item -> item.path("content").valueStream())
                .filter(ItemAudio::isAudio)
                .toList();
        long nanos = parts.stream()
                .mapToLong(part -> input.client()
                        .nanos((int) (part.path("audio").asString("").length() * 3L / 4)))
                .sum();
        return parts.size() <= MOST_PARTS && nanos <= InputAudio.LONGEST_SECONDS * 1_000_000_000
                ? null
                : ErrorDetail.invalid(
                        "invalid_value",
                        "The items hold more audio than the " + InputAudio.LONGEST_SECONDS + " seconds, in "
                                + MOST_PARTS + " parts, of one event that are converted. Send them in several events.",
                        event.has("item") ? "item.content" : "response.input");
    }

    private static boolean hasAudio(JsonNode item) {
        return item.path("content").valueStream().anyMatch(ItemAudio::isAudio);
    }

    private static boolean isAudio(JsonNode part) {
        return part.path("audio").isString();
    }

    private static @Nullable ErrorDetail inward(JsonNode item, Route input, String path) {
        int index = 0;
        for (JsonNode part : item.path("content")) {
            if (part instanceof ObjectNode object && isAudio(part)) {
                String param = path + ".content[" + index + "].audio";
                if (input.client() == RealtimeAudioFormat.OPUS) {
                    return ErrorDetail.invalid(
                            "invalid_value",
                            "Audio in an item cannot be audio/opus. Send it by input_audio_buffer.append, or let the"
                                    + " session's input format be another one.",
                            param);
                }
                try {
                    replace(object, input.inward());
                } catch (IllegalArgumentException e) {
                    return ErrorDetail.invalid("invalid_value", "The audio is not valid base64.", param);
                }
            }
            index++;
        }
        return null;
    }

    /** A {@code conversation.item.retrieved}, for the client. Packets would not fit into one value. */
    static ControlEvent outward(ControlEvent event, Route input, Route output) {
        JsonNode item = event.jsonOrEmpty().path("item");
        boolean user = item.path("role").asString("").equals("user");
        Route route = user ? input : output;
        if (!route.converts() || route.client() == RealtimeAudioFormat.OPUS || !hasAudio(item)) {
            return event;
        }
        ObjectNode json = event.json().deepCopy();
        for (JsonNode part : json.path("item").path("content")) {
            if (part instanceof ObjectNode object && isAudio(part)) {
                try {
                    replace(object, route.outward());
                } catch (IllegalArgumentException e) {
                    return event;
                }
            }
        }
        return ControlEvent.of(json);
    }

    private static void replace(ObjectNode part, AudioConverter converter) {
        byte[] audio = Base64.getDecoder().decode(part.path("audio").asString(""));
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        converter.convert(audio).forEach(whole::writeBytes);
        converter.flush().forEach(whole::writeBytes);
        part.put("audio", Base64.getEncoder().encodeToString(whole.toByteArray()));
    }
}
