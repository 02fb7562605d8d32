package dev.parley.transcode;

import dev.parley.RealtimeAudioFormat;
import dev.parley.RealtimeSessionConfig;
import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventType;
import dev.parley.protocol.MalformedEvent;
import dev.parley.provider.Capabilities;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The provider's edge of a session: behind it all audio is in the client's formats, before it in the provider's. Where both
 * are the same, events pass as they are. Lane only.
 *
 * <p>The client's format is what the session was configured with, else PCM at 24 kHz, until the client asks for another
 * one. A provider that lacks it gets one that it has: PCM at the lowest rate that keeps all of the sound.
 */
public final class AudioBridge {
    private final Exits exits;
    private final RealtimeSessionConfig provided;
    private final InputAudio input;
    private final OutputAudio output;
    private final FormatChanges changes;
    private final ResponseFormats responses;

    /**
     * A bridge for a session that begins.
     *
     * @param config what the session starts with, as the client sees it
     * @param most the most bytes of audio in one event to the provider
     * @param random for ids of events
     */
    public AudioBridge(
            RealtimeSessionConfig config, Capabilities provider, int most, RandomGenerator random, Exits exits) {
        this.exits = exits;
        RealtimeAudioFormat in = config.inputFormat().orElse(RealtimeAudioFormat.PCM_24K);
        RealtimeAudioFormat out = config.outputFormat().orElse(RealtimeAudioFormat.PCM_24K);
        this.input = new InputAudio(Route.of(in, provider.inputFormats()), most, random, exits);
        this.output = new OutputAudio(Route.of(out, provider.outputFormats()), random, exits);
        this.changes = new FormatChanges(provider, random, input, output);
        this.responses = new ResponseFormats(provider, random, output);
        this.provided = configured(config);
    }

    /** What the session starts with, as its provider is to see it, whatever the client has asked for since. */
    public RealtimeSessionConfig provided() {
        return provided;
    }

    private RealtimeSessionConfig configured(RealtimeSessionConfig config) {
        RealtimeSessionConfig.Builder builder = config.toBuilder();
        if (config.inputFormat().isPresent() && input.converts()) {
            builder.inputFormat(input.route().provider());
        }
        if (config.outputFormat().isPresent() && output.route().converts()) {
            builder.outputFormat(output.route().provider());
        }
        return builder.build();
    }

    // ---- To the provider -------------------------------------------------------------------------------------------

    /** The update by which the session begins goes out, as it is, before all that the client has sent. */
    public ControlEvent first(ControlEvent update) {
        changes.first(update);
        return update;
    }

    /**
     * An event for the provider.
     *
     * @return whether it, or what has become of it, has found room, or waits here for the rest of a sample
     */
    public boolean toProvider(Event event) {
        return switch (event) {
            case AudioEvent audio -> input.converts() ? input.append(audio) : exits.toProvider(audio);
            case ControlEvent control -> control(control);
            case MalformedEvent malformed -> exits.toProvider(malformed);
        };
    }

    private boolean control(ControlEvent event) {
        EventType type = event.type();
        if (type.equals(EventType.SESSION_UPDATE)) {
            ControlEvent asked = changes.asked(event);
            boolean sent = exits.toProvider(asked);
            if (!sent) {
                changes.unsent(asked);
            }
            return sent;
        }
        if (type.equals(EventType.RESPONSE_CREATE)) {
            ControlEvent asked = responses.asked(event);
            boolean sent = withItems(asked);
            if (!sent) {
                responses.unsent(asked);
            }
            return sent;
        }
        if (type.equals(EventType.ITEM_CREATE)) {
            return withItems(event);
        }
        if (type.equals(EventType.ITEM_TRUNCATE)) {
            return exits.toProvider(truncated(event));
        }
        if (type.equals(EventType.INPUT_AUDIO_COMMIT)) {
            input.commit();
        } else if (type.equals(EventType.INPUT_AUDIO_CLEAR)) {
            input.clear();
        }
        return exits.toProvider(event);
    }

    private boolean withItems(ControlEvent event) {
        if (!input.converts()) {
            return exits.toProvider(event);
        }
        ItemAudio.Converted converted = ItemAudio.inward(event, input.route());
        if (converted.fault() != null) {
            exits.tellClient(converted.fault(), event.eventId());
            return false;
        }
        return exits.toProvider(converted.event());
    }

    private ControlEvent truncated(ControlEvent event) {
        if (output.passes()) {
            return event;
        }
        JsonNode json = event.jsonOrEmpty();
        Optional<Long> there = output.truncated(
                json.path("item_id").asString(""),
                json.path("content_index").asInt(0),
                json.path("audio_end_ms").asLong(0));
        return there.map(millis -> {
                    ObjectNode other = event.json().deepCopy();
                    return ControlEvent.of(other.put("audio_end_ms", millis.longValue()));
                })
                .orElse(event);
    }

    // ---- From the provider -----------------------------------------------------------------------------------------

    /** A message of the provider. */
    public void fromProvider(Event event) {
        switch (event) {
            case AudioEvent audio when output.passes() -> exits.fromProvider(audio);
            case AudioEvent audio -> output.delta(audio);
            case ControlEvent control -> exits.fromProvider(told(control));
            case MalformedEvent malformed ->
                exits.tellClient(
                        ErrorDetail.server(
                                "provider_sent_invalid_event",
                                "The provider sent a message that is no event and was left out: "
                                        + malformed.error().message()),
                        null);
        }
    }

    private ControlEvent told(ControlEvent event) {
        EventType type = event.type();
        if (type.equals(EventType.SESSION_CREATED) || type.equals(EventType.SESSION_UPDATED)) {
            return changes.told(event, type.equals(EventType.SESSION_UPDATED));
        }
        if (type.equals(EventType.ERROR)) {
            ControlEvent refused = responses.refused(event);
            return refused == null ? changes.refused(event) : refused;
        }
        if (type.equals(EventType.RESPONSE_CREATED)) {
            return responses.created(event);
        }
        if (type.equals(EventType.RESPONSE_DONE)) {
            return responses.done(event);
        }
        if (type.equals(EventType.OUTPUT_ITEM_ADDED)) {
            responses.item(event);
        } else if (type.equals(EventType.OUTPUT_AUDIO_DONE) && !output.passes()) {
            output.done(event);
        } else if (type.equals(EventType.ITEM_RETRIEVED)) {
            return ItemAudio.outward(event, input.route(), output.route());
        }
        return event;
    }
}
