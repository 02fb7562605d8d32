package dev.parley.provider.vendor;

import dev.parley.dialect.Dialect;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventType;
import dev.parley.protocol.Json;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** The dialect of a provider that is told the model in the session's first {@code session.update}, not in the URL. */
final class ModelFirst implements Dialect {
    private final Dialect dialect;
    private final String model;
    private boolean told;

    ModelFirst(Dialect dialect, String model) {
        this.dialect = dialect;
        this.model = model;
    }

    @Override
    public void inbound(Bytes message, Consumer<Event> out) {
        dialect.inbound(message, out);
    }

    @Override
    public void binary(Bytes message, Consumer<Event> out) {
        dialect.binary(message, out);
    }

    @Override
    public void outbound(Event event, Messages out) {
        if (told) {
            dialect.outbound(event, out);
            return;
        }
        told = true;
        ObjectNode first = Json.object().put("type", EventType.SESSION_UPDATE.name());
        ObjectNode session = first.putObject("session").put("type", "realtime");
        if (event instanceof ControlEvent control
                && control.type().equals(EventType.SESSION_UPDATE)
                && control.jsonOrEmpty().path("session") instanceof ObjectNode given) {
            first.setAll(control.json());
            session.setAll(given.deepCopy());
            first.set("session", session);
            if (!session.has("model")) {
                session.put("model", model);
            }
            dialect.outbound(ControlEvent.of(first), out);
        } else {
            session.put("model", model);
            dialect.outbound(ControlEvent.of(first), out);
            dialect.outbound(event, out);
        }
    }
}
