package dev.parley.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A message that is no event: not JSON, not closed, without a type. It keeps its place among the events, so that its
 * answer does too, and is never passed on.
 *
 * @param wire the message as it arrived
 * @param eventId the message's {@code event_id} where one could be read
 * @param error what is wrong with it, as the sender is told
 */
public record MalformedEvent(Bytes wire, @Nullable String eventId, ErrorDetail error) implements Event {
    private static final EventType TYPE = EventType.of("");

    @Override
    public EventType type() {
        return TYPE;
    }

    @Override
    public Event copy() {
        return new MalformedEvent(wire.copy(), eventId, error);
    }
}
