package dev.parley.protocol;

import org.jspecify.annotations.Nullable;

/**
 * One message of the OpenAI Realtime protocol on its way through a session, with its bytes on loan: valid until the
 * call that passed it returns. Keeping it means {@link #copy()}.
 */
public sealed interface Event permits AudioEvent, ControlEvent, MalformedEvent {
    /** What kind of event this is. */
    EventType type();

    /** The message exactly as it arrived, or as it was made. */
    Bytes wire();

    /** The sender's {@code event_id}, or null where there is none. */
    @Nullable
    String eventId();

    /** The same event with bytes of its own, valid for as long as it is held. */
    Event copy();
}
