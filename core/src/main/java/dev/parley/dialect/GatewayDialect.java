package dev.parley.dialect;

import dev.parley.protocol.Bytes;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventType;
import dev.parley.protocol.Json;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * OpenAI Realtime GA with two helps for older clients: a {@code session.update} without {@code session.type} gets
 * {@code "realtime"}, and, if asked for, transcripts of the model's speech are sent a second time as text.
 */
public final class GatewayDialect implements Dialect {
    private final PlainDialect plain = new PlainDialect();
    private final boolean mirrorTranscripts;

    /** The dialect of one client. */
    public GatewayDialect(boolean mirrorTranscripts) {
        this.mirrorTranscripts = mirrorTranscripts;
    }

    @Override
    public void inbound(Bytes message, Consumer<Event> out) {
        plain.inbound(message, event -> out.accept(withSessionType(event)));
    }

    private static Event withSessionType(Event event) {
        if (!(event instanceof ControlEvent control) || !control.type().equals(EventType.SESSION_UPDATE)) {
            return event;
        }
        // What is no JSON is told to the client where all its events are checked.
        if (control.jsonOrEmpty().path("session") instanceof ObjectNode session && !session.has("type")) {
            ObjectNode helped = control.json().deepCopy();
            ObjectNode fields = Json.object().put("type", "realtime");
            fields.setAll(session);
            helped.set("session", fields);
            return ControlEvent.of(helped);
        }
        return event;
    }

    @Override
    public void outbound(Event event, Consumer<Bytes> out) {
        plain.outbound(event, out);
        if (mirrorTranscripts && event instanceof ControlEvent control) {
            if (control.type().equals(EventType.OUTPUT_TRANSCRIPT_DELTA)) {
                mirror(control, EventType.OUTPUT_TEXT_DELTA, "delta", "delta", out);
            } else if (control.type().equals(EventType.OUTPUT_TRANSCRIPT_DONE)) {
                mirror(control, EventType.OUTPUT_TEXT_DONE, "transcript", "text", out);
            }
        }
    }

    private static void mirror(ControlEvent event, EventType as, String from, String to, Consumer<Bytes> out) {
        ObjectNode copy = event.jsonOrEmpty().deepCopy();
        JsonNode text = copy.remove(from);
        if (text != null) {
            copy.put("type", as.name());
            copy.set(to, text);
            out.accept(Json.write(copy));
        }
    }
}
