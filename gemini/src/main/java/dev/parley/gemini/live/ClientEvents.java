package dev.parley.gemini.live;

import dev.parley.event.ClientEvent;
import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventType;
import dev.parley.protocol.Json;
import dev.parley.protocol.MalformedEvent;
import dev.parley.provider.reply.Outlet;
import dev.parley.provider.reply.Refused;
import dev.parley.provider.reply.Verbatim;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Checks client events and has them done; what cannot be done is answered with an {@code error} event. Lane only. */
final class ClientEvents {
    private final GeminiSession session;
    private final Outlet outlet;

    ClientEvents(GeminiSession session, Outlet outlet) {
        this.session = session;
        this.outlet = outlet;
    }

    /**
     * Does what an event says.
     *
     * @param refusals is given the error where it cannot be done
     */
    void take(Event event, Consumer<Event> refusals) {
        try {
            switch (event) {
                case AudioEvent audio -> session.append(audio);
                case ControlEvent control -> control(control);
                case MalformedEvent malformed -> throw Refused.of(malformed.error());
            }
        } catch (Refused refused) {
            refusals.accept(refused.detail().event(outlet.id("event"), event.eventId()));
        } catch (Json.JsonSyntaxException e) {
            ErrorDetail fault = ErrorDetail.invalid("invalid_json", "The message is " + e.getMessage() + ".", null);
            refusals.accept(fault.event(outlet.id("event"), event.eventId()));
        }
    }

    private void control(ControlEvent event) {
        ObjectNode json = event.json();
        String words = event.type().equals(EventType.RESPONSE_CREATE) ? Verbatim.take(json) : null;
        ClientEvent.check(json).ifPresent(fault -> {
            throw Refused.of(fault);
        });
        String item = json.path("item_id").asString("");
        switch (event.type().name()) {
            case "session.update" -> session.update((ObjectNode) json.path("session"), event.eventId());
            case "input_audio_buffer.commit" -> session.commit();
            case "input_audio_buffer.clear" -> session.clear();
            case "conversation.item.create" -> session.create(json.path("item"), text(json, "previous_item_id"));
            case "conversation.item.retrieve" -> session.items().retrieve(item);
            case "conversation.item.truncate" ->
                session.truncate(
                        item,
                        json.path("content_index").asInt(0),
                        json.path("audio_end_ms").asInt(0));
            case "conversation.item.delete" ->
                throw Refused.unsupported(
                        "gemini", "type", "conversation.item.delete; the model goes on knowing what it was told");
            case "response.create" ->
                session.respond(json.get("response") instanceof ObjectNode given ? given : Json.object(), words);
            case "response.cancel" -> session.cancel(text(json, "response_id"));
            case "output_audio_buffer.clear" ->
                throw Refused.unsupported(
                        "gemini",
                        "type",
                        "output_audio_buffer.clear; over a WebSocket the client holds the output buffer");
            // Audio in base64 has come as an AudioEvent.
            default -> throw Refused.value("audio", "Invalid 'audio': expected base64.");
        }
    }

    private static @Nullable String text(ObjectNode json, String name) {
        return json.path(name).asStringOpt().orElse(null);
    }
}
