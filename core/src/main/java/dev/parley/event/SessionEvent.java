package dev.parley.event;

import dev.parley.event.codec.Wire;
import dev.parley.event.session.Session;
import dev.parley.protocol.Fields;

/** What the server says about the session. OpenAI Realtime: {@code session.*}. */
public sealed interface SessionEvent extends ServerEvent {
    /**
     * {@code session.created}: the first event of a connection.
     *
     * @param session all that holds
     */
    @Wire.Type("session.created")
    record Created(String eventId, Session session, Fields more) implements SessionEvent {}

    /**
     * {@code session.updated}: the answer to {@code session.update}.
     *
     * @param session all that holds now
     */
    @Wire.Type("session.updated")
    record Updated(String eventId, Session session, Fields more) implements SessionEvent {}
}
