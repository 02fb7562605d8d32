package dev.parley.dialect;

import dev.parley.protocol.Bytes;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventScanner;
import java.util.function.Consumer;

/** OpenAI Realtime GA itself: one event a message, its bytes untouched. */
public final class PlainDialect implements Dialect {
    private final EventScanner scanner = new EventScanner();

    @Override
    public void inbound(Bytes message, Consumer<Event> out) {
        out.accept(scanner.scan(message));
    }

    @Override
    public void outbound(Event event, Messages out) {
        out.text(event.wire());
    }
}
