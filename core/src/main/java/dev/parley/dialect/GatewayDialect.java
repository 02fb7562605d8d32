package dev.parley.dialect;

import dev.parley.protocol.Bytes;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventScanner;
import dev.parley.protocol.EventType;
import dev.parley.protocol.Json;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * OpenAI Realtime GA with helps for clients of older gateways: a {@code session.update} without {@code session.type} gets
 * {@code "realtime"}; {@code output_modalities} with audio and text, of which the API takes one, become audio, whose
 * transcript is the text; and, if asked for, transcripts of the model's speech are sent a second time as text.
 */
public final class GatewayDialect implements Dialect {
    private final EventScanner scanner = new EventScanner();
    private final boolean mirrorTranscripts;

    /** The dialect of one client. */
    public GatewayDialect(boolean mirrorTranscripts) {
        this.mirrorTranscripts = mirrorTranscripts;
    }

    @Override
    public void inbound(Bytes message, Consumer<Event> out) {
        out.accept(helped(scanner.scan(message)));
    }

    private static Event helped(Event event) {
        if (!(event instanceof ControlEvent control)) {
            return event;
        }
        boolean update = control.type().equals(EventType.SESSION_UPDATE);
        if (!update && !control.type().equals(EventType.RESPONSE_CREATE)) {
            return event;
        }
        String part = update ? "session" : "response";
        // What is no JSON is told to the client where all its events are checked.
        if (!(control.jsonOrEmpty().path(part) instanceof ObjectNode given)) {
            return event;
        }
        ObjectNode fields = Json.object();
        if (update && !given.has("type")) {
            fields.put("type", "realtime");
        }
        fields.setAll(given);
        if (fields.path("output_modalities") instanceof ArrayNode both && both.size() == 2) {
            fields.putArray("output_modalities").add("audio");
        }
        if (fields.equals(given)) {
            return event;
        }
        ObjectNode helped = control.json().deepCopy();
        helped.set(part, fields);
        return ControlEvent.of(helped);
    }

    @Override
    public void outbound(Event event, Messages out) {
        out.text(event.wire());
        if (mirrorTranscripts && event instanceof ControlEvent control) {
            if (control.type().equals(EventType.OUTPUT_TRANSCRIPT_DELTA)) {
                mirror(control, EventType.OUTPUT_TEXT_DELTA, "delta", "delta", out);
            } else if (control.type().equals(EventType.OUTPUT_TRANSCRIPT_DONE)) {
                mirror(control, EventType.OUTPUT_TEXT_DONE, "transcript", "text", out);
            }
        }
    }

    private static void mirror(ControlEvent event, EventType as, String from, String to, Messages out) {
        ObjectNode copy = event.jsonOrEmpty().deepCopy();
        JsonNode text = copy.remove(from);
        if (text != null) {
            copy.put("type", as.name());
            copy.set(to, text);
            out.text(Json.write(copy));
        }
    }
}
