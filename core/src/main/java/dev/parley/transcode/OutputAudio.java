package dev.parley.transcode;

import dev.parley.audio.AudioConverter;
import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.EventScanner;
import dev.parley.protocol.EventType;
import dev.parley.protocol.Ids;
import dev.parley.protocol.ItemKey;
import dev.parley.protocol.Json;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The model's audio on its way to the client: one stream a part of an item. Lane only. */
final class OutputAudio {
    /** How many parts are remembered. */
    private static final int MOST = 32;
    /** By how much the client may have more of a part than the provider: what fills up a packet, and rounding. */
    private static final long SURPLUS_MS = 25;

    private static final ItemKey NAMELESS = new ItemKey("", 0);

    /** One part of an item. */
    private static final class Part {
        private final ItemKey key;
        private final Route route;
        /** Null before its first audio and after its last. */
        private @Nullable AudioConverter stream;
        /** How much the provider has generated. */
        private long nanos;

        Part(ItemKey key, Route route) {
            this.key = key;
            this.route = route;
        }

        List<byte[]> convert(byte[] audio) {
            nanos += route.provider().nanos(audio.length);
            if (stream == null) {
                stream = route.outward();
            }
            return stream.convert(audio);
        }

        List<byte[]> end() {
            List<byte[]> rest = stream == null ? List.of() : stream.flush();
            stream = null;
            return rest;
        }
    }

    private final Exits exits;
    private final RandomGenerator random;
    private final Map<ItemKey, Part> parts = recent();
    /** Items of responses that have formats of their own, by id. */
    private final Map<String, Route> items = recent();

    private Route route;
    private @Nullable Part latest;

    OutputAudio(Route route, RandomGenerator random, Exits exits) {
        this.route = route;
        this.random = random;
        this.exits = exits;
    }

    private static <K, V> Map<K, V> recent() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MOST;
            }
        };
    }

    /** How the audio of parts that begin from now on is written; one that has begun stays as it is. */
    void route(Route now) {
        route = now;
    }

    Route route() {
        return route;
    }

    /** An item has begun, of a response with a format of its own. */
    void begun(String itemId, Route own) {
        items.put(itemId, own);
    }

    /** Whether all audio goes on as it is. */
    boolean passes() {
        return !route.converts() && parts.isEmpty() && items.isEmpty();
    }

    /** Converts the audio of an event, if its part is one to be converted. */
    void delta(AudioEvent event) {
        Part part = part(event);
        if (!part.route.converts()) {
            exits.fromProvider(event);
            return;
        }
        List<byte[]> converted;
        try {
            converted = part.convert(event.audio());
        } catch (IllegalArgumentException e) {
            String text =
                    "The provider sent audio that could not be converted and was left out: " + e.getMessage() + ".";
            exits.tellClient(ErrorDetail.server("provider_sent_invalid_event", text), null);
            return;
        }
        for (int i = 0; i < converted.size(); i++) {
            byte[] audio = converted.get(i);
            exits.fromProvider(i == 0 ? event.withAudio(audio) : event.withAudio(audio, Ids.next("event", random)));
        }
    }

    private Part part(AudioEvent event) {
        if (latest != null && event.belongsTo(latest.key)) {
            return latest;
        }
        ItemKey key = Optional.ofNullable(event.item()).orElse(NAMELESS);
        Part part = parts.computeIfAbsent(key, fresh -> new Part(fresh, items.getOrDefault(fresh.itemId(), route)));
        latest = part;
        return part;
    }

    /** A part is complete: what is still in the filter goes out before that is told. */
    void done(ControlEvent event) {
        JsonNode json = event.jsonOrEmpty();
        Part part = parts.get(new ItemKey(
                json.path("item_id").asString(""), json.path("content_index").asInt(0)));
        if (part != null) {
            for (byte[] rest : part.end()) {
                ObjectNode delta = event.json().deepCopy();
                delta.put("type", EventType.OUTPUT_AUDIO_DELTA.name())
                        .put("event_id", Ids.next("event", random))
                        .put("delta", Base64.getEncoder().encodeToString(rest));
                exits.fromProvider(new EventScanner().scan(Json.write(delta)));
            }
        }
    }

    /** An item gives no more audio: what is still in the filter is lost. */
    void over(String itemId) {
        items.remove(itemId);
        for (Part part : parts.values()) {
            if (part.key.itemId().equals(itemId)) {
                part.end();
            }
        }
    }

    /** The {@code audio_end_ms} that the provider is to be told, where the client has heard a little more than it has. */
    Optional<Long> truncated(String itemId, int contentIndex, long millis) {
        return Optional.ofNullable(parts.get(new ItemKey(itemId, contentIndex)))
                .filter(part -> part.route.converts())
                .map(part -> part.nanos / 1_000_000)
                .filter(there -> millis > there && millis <= there + SURPLUS_MS);
    }
}
