package dev.parley.transcode;

import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.Ids;
import dev.parley.provider.Capabilities;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The formats that single responses are asked for in, by {@code response.create}. What the provider lacks is replaced; the
 * next response that begins is taken to be the one that was asked for. Lane only.
 */
final class ResponseFormats {
    private static final int MOST = 16;

    /** A request that was not answered yet. */
    private record Asked(String eventId, boolean named, Route route) {}

    private final Capabilities provider;
    private final RandomGenerator random;
    private final OutputAudio output;
    private final Deque<Asked> open = new ArrayDeque<>();
    /** By response: those that are active. */
    private final Map<String, Route> active = new HashMap<>();

    ResponseFormats(Capabilities provider, RandomGenerator random, OutputAudio output) {
        this.provider = provider;
        this.random = random;
        this.output = output;
    }

    /** A {@code response.create}: as it is to be sent. */
    ControlEvent asked(ControlEvent event) {
        JsonNode format = event.jsonOrEmpty()
                .path("response")
                .path("audio")
                .path("output")
                .path("format");
        Route own = FormatChanges.wish(format, provider.outputFormats(), output.route());
        if (own == null
                || open.size() == MOST
                || (!own.converts() && !output.route().converts())) {
            return event;
        }
        ObjectNode json = event.json().deepCopy();
        if (own.converts() && json.at("/response/audio/output") instanceof ObjectNode audio) {
            audio.set("format", own.provider().json());
        }
        String id = event.eventId();
        if (id == null) {
            json.put("event_id", Ids.next("event", random));
        }
        open.add(new Asked(json.path("event_id").asString(""), id == null, own));
        return ControlEvent.of(json);
    }

    /** The request that was made last has not been sent after all. */
    void unsent(ControlEvent event) {
        if (!open.isEmpty() && open.getLast().eventId().equals(event.eventId())) {
            open.removeLast();
        }
    }

    /** A {@code response.created}: as the client is to see it. */
    ControlEvent created(ControlEvent event) {
        Asked asked = open.poll();
        if (asked != null) {
            active.put(id(event), asked.route());
        }
        return shown(event);
    }

    /** A {@code response.output_item.added}. */
    void item(ControlEvent event) {
        if (!active.isEmpty()) {
            Route own = active.get(event.jsonOrEmpty().path("response_id").asString(""));
            String item = event.jsonOrEmpty().path("item").path("id").asString("");
            if (own != null) {
                output.begun(item, own);
            }
        }
    }

    /** A {@code response.done}: as the client is to see it. */
    ControlEvent done(ControlEvent event) {
        ControlEvent shown = shown(event);
        active.remove(id(event));
        if (!output.passes()) {
            event.jsonOrEmpty()
                    .path("response")
                    .path("output")
                    .forEach(item -> output.over(item.path("id").asString("")));
        }
        return shown;
    }

    private ControlEvent shown(ControlEvent event) {
        Route route = active.isEmpty() ? output.route() : active.getOrDefault(id(event), output.route());
        if (!route.converts()) {
            return event;
        }
        ObjectNode json = event.json().deepCopy();
        if (json.at("/response/audio/output") instanceof ObjectNode audio && audio.has("format")) {
            audio.set("format", route.client().json());
        }
        return ControlEvent.of(json);
    }

    private static String id(ControlEvent event) {
        return event.jsonOrEmpty().path("response").path("id").asString("");
    }

    /** An {@code error} about a request that was not answered: as the client is to see it, else null. */
    @Nullable
    ControlEvent refused(ControlEvent event) {
        if (open.isEmpty()) {
            return null;
        }
        String cause = event.jsonOrEmpty().path("error").path("event_id").asString("");
        for (Asked asked : open) {
            if (asked.eventId().equals(cause)) {
                open.remove(asked);
                return asked.named() ? FormatChanges.nameless(event) : event;
            }
        }
        return null;
    }
}
