package dev.parley.session;

import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.EventType;
import dev.parley.protocol.ItemKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a session knows of its conversation: whether a response is active, and whose audio came last. Lane only. */
final class Conversation {
    private final Runnable ask;
    private ResponseSequencer.State responses = ResponseSequencer.State.IDLE;
    /** The event id of the latest request for a response. */
    private @Nullable String asking;

    private @Nullable ItemKey speaking;

    /** A conversation without responses. {@code ask} sends a request for one to the provider. */
    Conversation(Runnable ask) {
        this.ask = ask;
    }

    /** Follows an event that went to the provider. */
    void sent(ControlEvent event) {
        if (event.type().equals(EventType.RESPONSE_CREATE)
                && !event.json()
                        .path("response")
                        .path("conversation")
                        .asString("")
                        .equals("none")) {
            asking = event.eventId();
            step(new ResponseSequencer.Input.Asked());
        }
    }

    /** Follows an audio event of the provider. */
    void received(AudioEvent event) {
        if (speaking == null || !event.belongsTo(speaking)) {
            speaking = event.item();
        }
    }

    /** Follows one of the few other events of the provider that tell what state the conversation is in. */
    void received(ControlEvent event) {
        EventType type = event.type();
        if (type.equals(EventType.RESPONSE_CREATED) || type.equals(EventType.RESPONSE_DONE)) {
            JsonNode response = event.jsonOrEmpty().path("response");
            String responseId = response.path("id").asString("");
            if (type.equals(EventType.RESPONSE_DONE)) {
                step(new ResponseSequencer.Input.Done(responseId));
            } else if (!response.path("conversation_id").isNull()) {
                step(new ResponseSequencer.Input.Created(responseId));
            }
        } else if (type.equals(EventType.ERROR)) {
            JsonNode error = event.jsonOrEmpty().path("error");
            if (Objects.equals(asking, error.path("event_id").asString(null))) {
                step(new ResponseSequencer.Input.Refused());
            }
        }
    }

    /** Parley itself wants a response, now or when the active one is done. */
    void wantResponse() {
        step(new ResponseSequencer.Input.Want());
    }

    /** Whether a response is active or asked for. */
    boolean busy() {
        return responses.busy();
    }

    /** The item whose audio came last; null: none came. */
    @Nullable
    ItemKey speaking() {
        return speaking;
    }

    private void step(ResponseSequencer.Input input) {
        int[] asks = {0};
        responses = ResponseSequencer.step(responses, input, action -> asks[0]++);
        // Only now, since a request is followed, too.
        for (int i = 0; i < asks[0]; i++) {
            ask.run();
        }
    }
}
