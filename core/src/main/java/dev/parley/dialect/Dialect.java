package dev.parley.dialect;

import dev.parley.protocol.Bytes;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Event;
import dev.parley.protocol.MalformedEvent;
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

    /**
     * Turns a binary message into the events that it stands for, in order; where a peer has none to send, an error.
     *
     * @param message on loan until this returns; any bytes at all
     */
    default void binary(Bytes message, Consumer<Event> out) {
        ErrorDetail error = ErrorDetail.invalid(
                "invalid_event",
                "Binary messages are not taken here. Send each event as one text message of JSON.",
                null);
        out.accept(new MalformedEvent(Bytes.of(new byte[0]), null, error));
    }

    /** Turns an event into the messages that say it to the peer, in order. */
    void outbound(Event event, Messages out);

    /** Takes the messages for one peer, in order. What it is given is on loan until it returns. */
    interface Messages {
        /** Takes a text message; its bytes are UTF-8. */
        void text(Bytes message);

        /** Takes a binary message. */
        void binary(Bytes message);
    }
}
