package dev.parley.agent;

import dev.parley.protocol.EventType;
import java.util.Set;

/**
 * Code of an agent that is called when something happens in one of its sessions.
 *
 * @param types of the events that it is called with, if it is called with events
 * @param body called on a virtual thread, for one session one call at a time
 */
public record Hook(Kind kind, Set<EventType> types, Body body) {
    public Hook {
        types = Set.copyOf(types);
    }

    /** When it is called. */
    public enum Kind {
        /** A session begins. */
        CONNECT,
        /** A session has ended. */
        DISCONNECT,
        /** The client has sent an event without audio. */
        MESSAGE,
        /** An event of the types passes, from the client or from the provider. */
        EVENT
    }

    /** What it does. */
    @FunctionalInterface
    public interface Body {
        void on(Occasion occasion) throws Exception;
    }
}
