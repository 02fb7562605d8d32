package dev.parley.dialect;

import dev.parley.protocol.EventType;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Types of events, and sets of them, that only dialects know. */
final class Types {
    /** The beta's word for an item that is new in the conversation. */
    static final EventType ITEM_CREATED = EventType.of("conversation.item.created");

    /** The events of the beta's transcription sessions. */
    static final Set<EventType> TRANSCRIPTION_SESSIONS = Set.of(
            EventType.of("transcription_session.update"),
            EventType.of("transcription_session.created"),
            EventType.of("transcription_session.updated"));

    /** What only clients send, of the events that dialects change. */
    static final Set<EventType> CLIENTS =
            Set.of(EventType.SESSION_UPDATE, EventType.RESPONSE_CREATE, EventType.ITEM_CREATE);

    static final Set<EventType> ERRORS = Set.of(EventType.ERROR);

    private Types() {}

    /** All types of some sets. */
    static Set<EventType> all(List<Set<EventType>> sets) {
        return sets.stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }
}
