package dev.parley.event;

import dev.parley.event.codec.Codec;
import dev.parley.event.codec.Wire;
import dev.parley.protocol.EventType;
import dev.parley.protocol.Fields;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event that a server sends: the 46 of OpenAI Realtime GA, in families, and every other. OpenAI Realtime: server
 * events.
 */
@Wire.Family
public sealed interface ServerEvent
        permits SessionEvent,
                ConversationEvent,
                TranscriptionEvent,
                AudioBufferEvent,
                ResponseEvent,
                McpEvent,
                ServerEvent.ErrorEvent,
                ServerEvent.RateLimitsUpdated,
                ServerEvent.Unknown {
    /** The event in an object; nothing is lost, and nothing fails. */
    static ServerEvent decode(ObjectNode json) {
        return Codec.of(ServerEvent.class).decode(json);
    }

    /** The object; the caller's own. */
    default ObjectNode encode() {
        return Codec.of(ServerEvent.class).encode(this);
    }

    /** What kind of event this is. */
    default EventType type() {
        return EventType.of(Codec.of(ServerEvent.class).typeOf(this).orElse(""));
    }

    /** The server's own id of the event; empty where it gave none. */
    String eventId();

    /**
     * {@code error}: something went wrong; mostly the session lives on.
     *
     * @param error what, and which client event caused it
     */
    @Wire.Type("error")
    record ErrorEvent(String eventId, ErrorInfo error, Fields more) implements ServerEvent {}

    /** {@code rate_limits.updated}: how much of the account's limits is left. */
    @Wire.Type("rate_limits.updated")
    record RateLimitsUpdated(String eventId, List<RateLimit> rateLimits, Fields more) implements ServerEvent {
        public RateLimitsUpdated {
            rateLimits = List.copyOf(rateLimits);
        }
    }

    /**
     * One limit of an account.
     *
     * @param name {@code requests} or {@code tokens}
     * @param limit the most
     * @param remaining what is left
     * @param resetSeconds until all of it is there again, in s
     */
    record RateLimit(String name, long limit, long remaining, Number resetSeconds, Fields more) {}

    /** An event that is not of OpenAI Realtime GA, such as those of other vendors and of the beta dialect. */
    record Unknown(Fields json) implements ServerEvent {
        @Override
        public EventType type() {
            return EventType.of(json.get("type").map(type -> type.asString("")).orElse(""));
        }

        @Override
        public String eventId() {
            return json.get("event_id").map(id -> id.asString("")).orElse("");
        }
    }
}
