package dev.parley.turn;

import dev.parley.lane.Lane;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.EventType;
import dev.parley.turn.ResponseSequencer.Action;
import dev.parley.turn.ResponseSequencer.Input;
import dev.parley.turn.ResponseSequencer.Request;
import dev.parley.turn.ResponseSequencer.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** The responses of a conversation: which is active, and which are still wanted, by the gateway or the client. Lane only. */
public final class Responses {
    private static final Logger LOG = LoggerFactory.getLogger(Responses.class);
    private static final String MET_ANOTHER = "conversation_already_has_active_response";
    /** How many requests of the client are remembered until their responses begin. */
    private static final int REMEMBERED = 64;

    private final Lane lane;
    private final OwnEvents own;
    private final Consumer<ControlEvent> toProvider;
    private final Map<Long, ResponseWish> wishes = new LinkedHashMap<>();
    private final Map<Long, ControlEvent> held = new LinkedHashMap<>();
    /** The event ids of requests that were sent; empty where the client gave none. */
    private final Map<Long, String> sent = new LinkedHashMap<>();

    private TurnSettings settings = TurnSettings.UNKNOWN;
    private ResponseSequencer.State state = ResponseSequencer.State.IDLE;
    private long numbers;
    /** The request that is on its way to the provider and known to the machine; what is sent may be another event. */
    private @Nullable Long passing;
    /** Whether the audio that is committed next is the client's to commit. */
    private boolean commits;

    private final List<Consumer<JsonNode>> followers = new ArrayList<>();
    private boolean over;

    private Timed timed = Timed.NOTHING;
    private Runnable timer = () -> {};

    /** What a timer runs for: a wait, and the request whose response it is for. */
    private record Timed(Wait what, long number) {
        static final Timed NOTHING = new Timed(Wait.NOTHING, 0);
    }

    /**
     * A conversation without responses.
     *
     * @param toProvider takes requests for responses
     */
    public Responses(Lane lane, OwnEvents own, Consumer<ControlEvent> toProvider) {
        this.lane = lane;
        this.own = own;
        this.toProvider = toProvider;
    }

    /**
     * Looks at an event of the client before it goes to the provider.
     *
     * @return whether it may go; a request for a response that may not is sent later, when it no longer meets one of the
     *     gateway's, of which the client cannot know
     */
    public boolean fromClient(ControlEvent event) {
        if (!asks(event) || state.asked().size() >= REMEMBERED) {
            return true;
        }
        Request request = clientRequest(event);
        boolean[] passes = {false};
        for (Action action : step(new Input.ClientAsks(request))) {
            passes[0] |= action instanceof Action.Send send && send.number() == request.number();
        }
        if (passes[0]) {
            passing = request.number();
        } else {
            held.put(request.number(), event.copy());
        }
        return passes[0];
    }

    /** Follows an event that goes to the provider. */
    public void sent(ControlEvent event) {
        if (asks(event)) {
            if (passing != null) {
                remember(passing, event);
                passing = null;
            } else if (state.asked().size() < REMEMBERED) {
                Request request = clientRequest(event);
                remember(request.number(), event);
                perform(new Input.Passes(request));
            }
        } else if (event.type().equals(EventType.SESSION_UPDATE)) {
            learn(event);
        } else if (event.type().equals(EventType.INPUT_AUDIO_COMMIT)) {
            commits = true;
        }
    }

    /**
     * Follows an event of the provider.
     *
     * @return whether it concerns the client: errors that the gateway's own events have caused do not
     */
    public boolean received(ControlEvent event) {
        EventType type = event.type();
        if (type.equals(EventType.RESPONSE_CREATED) || type.equals(EventType.RESPONSE_DONE)) {
            JsonNode response = event.jsonOrEmpty().path("response");
            if (!response.path("conversation_id").isNull()) {
                response(type, response);
            }
        } else if (type.equals(EventType.ERROR)) {
            return error(event);
        } else if (type.equals(EventType.SESSION_CREATED) || type.equals(EventType.SESSION_UPDATED)) {
            learn(event);
        } else if (type.equals(EventType.SPEECH_STARTED)) {
            perform(new Input.SpeechStarted());
        } else if (type.equals(EventType.INPUT_AUDIO_CLEARED)) {
            perform(new Input.SpeechDropped());
        } else if (type.equals(EventType.SPEECH_STOPPED)) {
            perform(new Input.TurnEnded());
        } else if (type.equals(EventType.INPUT_AUDIO_COMMITTED)) {
            perform(commits ? new Input.SpeechDropped() : new Input.TurnEnded());
            commits = false;
        }
        return true;
    }

    private void response(EventType type, JsonNode response) {
        String id = response.path("id").asString("");
        if (type.equals(EventType.RESPONSE_CREATED)) {
            perform(new Input.Created(id));
        } else {
            // First: who is told by a wish may want to be told of the next one.
            List<Consumer<JsonNode>> told = List.copyOf(followers);
            followers.clear();
            told.forEach(follower -> follower.accept(response));
            perform(step(new Input.Done(id)), response);
        }
    }

    private boolean error(ControlEvent event) {
        JsonNode error = event.jsonOrEmpty().path("error");
        String cause = error.path("event_id").asString("");
        boolean met = error.path("code").asString("").equals(MET_ANOTHER);
        boolean ours = own.caused(event);
        request(cause, met).ifPresent(number -> {
            if (ours && !met) {
                LOG.warn(
                        "The provider refused a response that was wanted here, with an error of the type {}",
                        error.path("type").asString("").replaceAll("[^a-z_]", ""));
            }
            sent.remove(number);
            perform(new Input.Refused(number, met));
        });
        return !ours;
    }

    /** The request that an error is about; one without an event id only if its code tells that it is about any. */
    private Optional<Long> request(String cause, boolean met) {
        List<Long> candidates = sent.entrySet().stream()
                .filter(each -> each.getValue().equals(cause) && (met || !cause.isEmpty()))
                .map(Map.Entry::getKey)
                .filter(number -> state.knows(number))
                .toList();
        return candidates.stream()
                .filter(number -> state.awaits(number))
                .findFirst()
                .or(() -> candidates.stream().findFirst());
    }

    private void learn(ControlEvent event) {
        settings = settings.with(event.jsonOrEmpty().path("session"));
        perform(new Input.Automatic(settings.answers()));
        if (!settings.detects() && state.speaking()) {
            perform(new Input.SpeechDropped());
        }
    }

    /** The gateway wants a response, now or when it meets no other. */
    public void want(ResponseWish wish) {
        if (over) {
            wish.done().accept(MissingNode.getInstance());
            return;
        }
        Request request = new Request(++numbers, true, wish.satisfiedByAny(), sees(wish.response()), 0);
        wishes.put(request.number(), wish);
        perform(new Input.Want(request));
    }

    /** What the session's settings say of turn-taking. */
    public TurnSettings settings() {
        return settings;
    }

    /** The id of the active response, if any. */
    public Optional<String> active() {
        return Optional.ofNullable(state.active()).map(ResponseSequencer.Active::id);
    }

    /** Whether a response is active or asked for. */
    public boolean busy() {
        return state.busy();
    }

    /** Whether no response is active, asked for, or wanted. */
    public boolean idle() {
        return !state.busy() && state.waiting().isEmpty();
    }

    /** The session has ended: no wish will be fulfilled. */
    public void ended() {
        over = true;
        timer.run();
        List<ResponseWish> left = List.copyOf(wishes.values());
        wishes.clear();
        held.clear();
        left.forEach(wish -> wish.done().accept(MissingNode.getInstance()));
        List<Consumer<JsonNode>> told = List.copyOf(followers);
        followers.clear();
        told.forEach(follower -> follower.accept(MissingNode.getInstance()));
    }

    /** Tells of the next response of the conversation that ends, whoever wanted it; of a missing node if there is none. */
    public void follow(Consumer<JsonNode> done) {
        if (over) {
            done.accept(MissingNode.getInstance());
        } else {
            followers.add(done);
        }
    }

    private void perform(Input input) {
        perform(step(input), MissingNode.getInstance());
    }

    /** Takes a step; what it asks for is carried out when the new state is in place, since that may bring the next input. */
    private List<Action> step(Input input) {
        List<Action> actions = new ArrayList<>();
        state = ResponseSequencer.step(state, input, actions::add);
        watch();
        return actions;
    }

    private void perform(List<Action> actions, JsonNode response) {
        for (Action action : actions) {
            switch (action) {
                case Action.Send send -> send(send.number());
                case Action.Settle settle -> {
                    ResponseWish wish = wishes.remove(settle.number());
                    sent.remove(settle.number());
                    if (wish != null) {
                        wish.done().accept(settle.answered() ? response : MissingNode.getInstance());
                    }
                }
            }
        }
    }

    private void send(long number) {
        ControlEvent request = held.remove(number);
        ResponseWish wish = wishes.get(number);
        if (request == null && wish != null) {
            request = own.named(Requests.response(wish.response()));
        }
        if (request != null) {
            passing = number;
            toProvider.accept(request);
        }
    }

    private void remember(long number, ControlEvent request) {
        sent.keySet().removeIf(each -> !state.knows(each));
        String id = request.eventId();
        sent.put(number, id == null ? "" : id);
    }

    private void watch() {
        Wait wait = state.waits();
        Timed now = new Timed(
                wait, wait == Wait.RESPONSE ? state.asked().getFirst().request().number() : 0);
        if (!now.equals(timed)) {
            timer.run();
            timed = now;
            Duration patience = patience(wait);
            timer = patience.isZero() ? () -> {} : lane.schedule(() -> timeUp(now), patience);
        }
    }

    private void timeUp(Timed which) {
        if (which.equals(timed)) {
            timed = Timed.NOTHING;
            perform(new Input.TimeUp(which.what()));
        }
    }

    private static Duration patience(Wait wait) {
        return switch (wait) {
            case NOTHING -> Duration.ZERO;
            // A guardrail may let a request wait for what the user says, and then for a verdict.
            case RESPONSE -> Duration.ofSeconds(20);
            case SPEECH -> Duration.ofSeconds(60);
            case AUTOMATIC -> Duration.ofSeconds(3);
        };
    }

    private Request clientRequest(ControlEvent event) {
        Optional<ObjectNode> response = event.jsonOrEmpty().path("response") instanceof ObjectNode given
                ? Optional.of(given)
                : Optional.empty();
        return new Request(++numbers, false, false, sees(response), 0);
    }

    /** Whether a response takes note of what is in the conversation. */
    private static boolean sees(Optional<ObjectNode> response) {
        return response.isEmpty()
                || !(response.get().has("input") || response.get().has("parley"));
    }

    private static boolean asks(ControlEvent event) {
        return event.type().equals(EventType.RESPONSE_CREATE)
                && !event.jsonOrEmpty()
                        .path("response")
                        .path("conversation")
                        .asString("")
                        .equals("none");
    }
}
