package dev.parley.gemini.wire;

import dev.parley.dialect.Dialect;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventType;
import java.util.function.Consumer;

/** Carries Gemini's messages as they are, in events of a type of their own, to where they are understood. */
public final class GeminiDialect implements Dialect {
    /** What the events are of that carry its messages. */
    public static final EventType MESSAGE = EventType.of("gemini");

    @Override
    public void inbound(Bytes message, Consumer<Event> out) {
        out.accept(ControlEvent.of(MESSAGE, message));
    }

    /** Google's servers send their JSON in binary messages. */
    @Override
    public void binary(Bytes message, Consumer<Event> out) {
        inbound(message, out);
    }

    @Override
    public void outbound(Event event, Messages out) {
        out.text(event.wire());
    }
}
