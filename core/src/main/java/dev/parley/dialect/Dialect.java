package dev.parley.dialect;

import dev.parley.protocol.Bytes;
import dev.parley.protocol.Event;
import java.util.function.Consumer;

/**
 * How one peer writes the events of OpenAI Realtime GA. May keep state; one instance a connection, used on its lane.
 */
public interface Dialect {
    /**
     * Turns a text message into the events that it stands for, in order.
     *
     * @param message on loan until this returns
     */
    void inbound(Bytes message, Consumer<Event> out);

    /** Turns an event into the messages that say it to the peer, in order. */
    void outbound(Event event, Consumer<Bytes> out);
}
