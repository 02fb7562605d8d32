package dev.parley.turn;

import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.EventType;
import dev.parley.protocol.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** The responses of a conversation: which is active, and which the gateway still wants. Lane only. */
public final class Responses {
    private final Consumer<ControlEvent> toProvider;
    private final Supplier<String> eventIds;
    private final Deque<ResponseWish> wishes = new ArrayDeque<>();
    private ResponseSequencer.State state = ResponseSequencer.State.IDLE;
    /** The event id of the latest request for a response. */
    private @Nullable String asking;
    /** The gateway's own wish that was asked for, or that the active response fulfils. */
    private @Nullable ResponseWish own;

    /**
     * A conversation without responses.
     *
     * @param toProvider takes requests for responses
     * @param eventIds makes their ids
     */
    public Responses(Consumer<ControlEvent> toProvider, Supplier<String> eventIds) {
        this.toProvider = toProvider;
        this.eventIds = eventIds;
    }

    /** Follows an event that goes to the provider. */
    public void sent(ControlEvent event) {
        if (event.type().equals(EventType.RESPONSE_CREATE)
                && !event.jsonOrEmpty()
                        .path("response")
                        .path("conversation")
                        .asString("")
                        .equals("none")) {
            asking = event.eventId();
            step(new ResponseSequencer.Input.Asked());
        }
    }

    /** Follows an event of the provider. */
    public void received(ControlEvent event) {
        EventType type = event.type();
        if (type.equals(EventType.RESPONSE_CREATED) || type.equals(EventType.RESPONSE_DONE)) {
            JsonNode response = event.jsonOrEmpty().path("response");
            String responseId = response.path("id").asString("");
            if (type.equals(EventType.RESPONSE_DONE)) {
                if (responseId.equals(state.active())) {
                    settle(response);
                }
                step(new ResponseSequencer.Input.Done(responseId));
            } else if (!response.path("conversation_id").isNull()) {
                step(new ResponseSequencer.Input.Created(responseId));
            }
        } else if (type.equals(EventType.ERROR)) {
            JsonNode error = event.jsonOrEmpty().path("error");
            if (Objects.equals(asking, error.path("event_id").asString(null))) {
                settle(MissingNode.getInstance());
                step(new ResponseSequencer.Input.Refused());
            }
        }
    }

    /** The gateway wants a response, now or when the active one is done. */
    public void want(ResponseWish wish) {
        wishes.add(wish);
        step(new ResponseSequencer.Input.Want());
    }

    /** Whether a response is active or asked for. */
    public boolean busy() {
        return state.busy();
    }

    /** The session has ended: no wish will be fulfilled. */
    public void ended() {
        settle(MissingNode.getInstance());
        for (ResponseWish wish = wishes.poll(); wish != null; wish = wishes.poll()) {
            wish.done().accept(MissingNode.getInstance());
        }
    }

    private void settle(JsonNode response) {
        ResponseWish settled = own;
        own = null;
        if (settled != null) {
            settled.done().accept(response);
        }
    }

    private void step(ResponseSequencer.Input input) {
        int[] asks = {0};
        state = ResponseSequencer.step(state, input, action -> asks[0]++);
        // Only now, since a request is followed, too.
        for (int i = 0; i < asks[0]; i++) {
            ask();
        }
    }

    private void ask() {
        own = wishes.poll();
        ObjectNode request = Json.object().put("type", "response.create").put("event_id", eventIds.get());
        if (own != null) {
            own.response().ifPresent(response -> request.set("response", response));
        }
        toProvider.accept(ControlEvent.of(request));
    }
}
