package dev.parley.turn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps requests for responses from meeting an active one: a pure machine. A conversation has at most one active
 * response. What the gateway wants waits while one is active, was asked for by anybody, or is about to come by itself.
 */
final class ResponseSequencer {
    /** How often a request is repeated that met a response nobody could know of. */
    static final int RETRIES = 3;
    /** How many requests of the client are held; further ones pass. */
    static final int HELD = 8;

    private ResponseSequencer() {}

    /**
     * A request for a response.
     *
     * @param number names it
     * @param own whether the gateway wants it, and not the client
     * @param any whether any response will do that is begun after it was made
     * @param sees whether its response takes note of the whole conversation
     * @param tries how often it was refused because another response was active
     */
    record Request(long number, boolean own, boolean any, boolean sees, int tries) {
        Request again() {
            return new Request(number, own, any, sees, tries + 1);
        }
    }

    /** A request that was sent, with those for which its response will do as well. */
    record Asked(Request request, List<Request> riders) {}

    /**
     * A response.
     *
     * @param request what it answers to; null: it came by itself
     * @param riders the others that it will do for
     */
    record Active(String id, @Nullable Request request, List<Request> riders) {}

    /** What the first request that waits waits for, if that may fail to come. */
    enum Wait {
        NOTHING,
        /** The beginning of a response that was asked for. */
        RESPONSE,
        /** The end of the user's turn. */
        SPEECH,
        /** The response that the provider makes at the end of a turn. */
        AUTOMATIC
    }

    /**
     * The machine's state.
     *
     * @param asked requests that were sent and whose responses have not begun, the oldest first
     * @param waiting requests to be sent
     * @param automatic whether the provider answers to turns by itself
     * @param speaking whether the user speaks
     * @param expected whether a response is about to come by itself
     * @param answered whether one has since the user's turn began
     */
    record State(
            @Nullable Active active,
            List<Asked> asked,
            List<Request> waiting,
            boolean automatic,
            boolean speaking,
            boolean expected,
            boolean answered) {
        static final State IDLE = new State(null, List.of(), List.of(), false, false, false, false);

        /** Whether a response is active or asked for. */
        boolean busy() {
            return active != null || !asked.isEmpty();
        }

        /** Whether that is one of the gateway's. */
        boolean agentBusy() {
            return (active != null
                            && active.request() != null
                            && active.request().own())
                    || asked.stream().anyMatch(each -> each.request().own());
        }

        /** Whether a request was sent and not refused, and its response is not done. */
        boolean knows(long number) {
            return awaits(number)
                    || (active != null
                            && active.request() != null
                            && active.request().number() == number);
        }

        /** Whether a request was sent and not refused, and its response has not begun. */
        boolean awaits(long number) {
            return asked.stream().anyMatch(each -> each.request().number() == number);
        }

        Wait waits() {
            if (active != null) {
                return Wait.NOTHING;
            }
            if (!asked.isEmpty()) {
                boolean wanted = asked.stream()
                        .anyMatch(each -> each.request().own() || !each.riders().isEmpty());
                return wanted || !waiting.isEmpty() ? Wait.RESPONSE : Wait.NOTHING;
            }
            if (waiting.isEmpty()) {
                return Wait.NOTHING;
            }
            return speaking ? Wait.SPEECH : expected ? Wait.AUTOMATIC : Wait.NOTHING;
        }

        private State responses(@Nullable Active nowActive, List<Asked> nowAsked, List<Request> nowWaiting) {
            return new State(nowActive, nowAsked, nowWaiting, automatic, speaking, expected, answered);
        }

        private State turn(boolean nowSpeaking, boolean nowExpected, boolean nowAnswered) {
            return new State(active, asked, waiting, automatic, nowSpeaking, nowExpected, nowAnswered);
        }
    }

    /** What happened. */
    sealed interface Input {
        /** The gateway wants a response. */
        record Want(Request request) implements Input {}

        /** The client asks for one; it is to be held unless {@link Action.Send} follows at once. */
        record ClientAsks(Request request) implements Input {}

        /** A request that this machine has not sent goes to the provider. */
        record Passes(Request request) implements Input {}

        /** The provider has begun a response of the conversation. */
        record Created(String responseId) implements Input {}

        record Done(String responseId) implements Input {}

        /** The provider refused a request; {@code met}: because another response was active. */
        record Refused(long number, boolean met) implements Input {}

        record SpeechStarted() implements Input {}

        /** The user's speech is over, and no turn comes of it. */
        record SpeechDropped() implements Input {}

        /** The user's turn is over, or the provider takes it to be. */
        record TurnEnded() implements Input {}

        /** Whether the provider answers to turns by itself. */
        record Automatic(boolean on) implements Input {}

        /** What the machine waits for has not come in time. */
        record TimeUp(Wait what) implements Input {}
    }

    /** What is to be done. */
    sealed interface Action {
        /** Send this request. */
        record Send(long number) implements Action {}

        /** This request is settled; {@code answered}: by the response that is now done. */
        record Settle(long number, boolean answered) implements Action {}
    }

    static State step(State state, Input input, Consumer<Action> actions) {
        return switch (input) {
            case Input.Want want -> next(waitingAlso(state, want.request()), actions);
            case Input.ClientAsks client -> clientAsks(state, client.request(), actions);
            case Input.Passes passes -> asked(state, passes.request());
            case Input.Created created -> created(state, created.responseId(), actions);
            case Input.Done done -> done(state, done.responseId(), actions);
            case Input.Refused refused -> next(refused(state, refused, actions), actions);
            case Input.SpeechStarted started -> state.turn(true, false, false);
            case Input.SpeechDropped dropped -> next(state.turn(false, state.expected(), state.answered()), actions);
            case Input.TurnEnded ended ->
                next(state.turn(false, state.automatic() && !state.answered(), state.answered()), actions);
            case Input.Automatic automatic -> next(automatic(state, automatic.on()), actions);
            case Input.TimeUp up -> next(timeUp(state, up.what(), actions), actions);
        };
    }

    private static State clientAsks(State state, Request request, Consumer<Action> actions) {
        long held = state.waiting().stream().filter(each -> !each.own()).count();
        if (state.agentBusy() && held < HELD) {
            return waitingAlso(state, request);
        }
        actions.accept(new Action.Send(request.number()));
        return asked(state, request);
    }

    /** Notes that a request is sent. Those that any response will do for ride along, since it comes after them. */
    private static State asked(State state, Request request) {
        List<Request> riders = request.sees() ? anies(state.waiting()) : List.of();
        return state.responses(
                state.active(),
                plus(state.asked(), List.of(new Asked(request, riders))),
                without(state.waiting(), plus(riders, List.of(request))));
    }

    private static State created(State state, String id, Consumer<Action> actions) {
        Active before = state.active();
        if (before != null && !before.id().equals(id)) {
            settle(before, false, actions);
        }
        State begun = state.turn(
                state.speaking(), false, state.answered() || state.asked().isEmpty());
        if (!state.asked().isEmpty()) {
            Asked first = state.asked().getFirst();
            return begun.responses(
                    new Active(id, first.request(), first.riders()),
                    state.asked().subList(1, state.asked().size()),
                    state.waiting());
        }
        List<Request> riders = anies(state.waiting());
        return begun.responses(new Active(id, null, riders), List.of(), without(state.waiting(), riders));
    }

    private static State done(State state, String id, Consumer<Action> actions) {
        Active active = state.active();
        if (active != null && !active.id().equals(id)) {
            return state;
        }
        if (active == null) {
            // One whose beginning was not told; it may be what a refused request had met.
            return next(state.turn(state.speaking(), false, state.answered()), actions);
        }
        settle(active, true, actions);
        return next(state.responses(null, state.asked(), state.waiting()), actions);
    }

    private static State refused(State state, Input.Refused refused, Consumer<Action> actions) {
        for (Asked asked : state.asked()) {
            if (asked.request().number() == refused.number()) {
                List<Request> front = new ArrayList<>();
                if (asked.request().own()) {
                    front.addAll(again(asked.request(), refused.met(), actions));
                }
                front.addAll(asked.riders());
                State back = state.responses(
                        state.active(), without(state.asked(), List.of(asked)), plus(front, state.waiting()));
                // There is a response that nothing is known of yet, or the request would not have been refused.
                return refused.met() && state.active() == null
                        ? back.turn(back.speaking(), true, back.answered())
                        : back;
            }
        }
        Active active = state.active();
        if (!refused.met()
                || active == null
                || active.request() == null
                || active.request().number() != refused.number()) {
            return state;
        }
        // The response that was taken for the answer to this request had come by itself.
        // It began before the provider had what was sent with the request, so it will not do for any that waited for
        // that.
        Request request = active.request();
        List<Request> front = new ArrayList<>();
        if (request.own()) {
            front.addAll(again(request, true, actions));
        }
        front.addAll(active.riders());
        return state.responses(new Active(active.id(), null, List.of()), state.asked(), plus(front, state.waiting()));
    }

    private static List<Request> again(Request request, boolean met, Consumer<Action> actions) {
        if (met && request.tries() < RETRIES) {
            return List.of(request.again());
        }
        actions.accept(new Action.Settle(request.number(), false));
        return List.of();
    }

    private static State automatic(State state, boolean on) {
        return new State(
                state.active(),
                state.asked(),
                state.waiting(),
                on,
                state.speaking(),
                on && state.expected(),
                state.answered());
    }

    private static State timeUp(State state, Wait wait, Consumer<Action> actions) {
        return switch (wait) {
            case NOTHING -> state;
            case SPEECH -> state.turn(false, state.expected(), state.answered());
            case AUTOMATIC -> state.turn(state.speaking(), false, state.answered());
            case RESPONSE -> {
                List<Request> riders = new ArrayList<>();
                for (Asked asked : state.asked()) {
                    riders.addAll(asked.riders());
                    if (asked.request().own()) {
                        actions.accept(new Action.Settle(asked.request().number(), false));
                    }
                }
                yield state.responses(state.active(), List.of(), plus(riders, state.waiting()));
            }
        };
    }

    /** Sends the first request that waits, if nothing is in its way. */
    private static State next(State state, Consumer<Action> actions) {
        if (state.waiting().isEmpty() || state.busy() || state.speaking() || state.expected()) {
            return state;
        }
        Request first = state.waiting().getFirst();
        actions.accept(new Action.Send(first.number()));
        State rest = state.responses(
                null, List.of(), state.waiting().subList(1, state.waiting().size()));
        return asked(rest, first);
    }

    private static void settle(Active active, boolean answered, Consumer<Action> actions) {
        if (active.request() != null && active.request().own()) {
            actions.accept(new Action.Settle(active.request().number(), answered));
        }
        active.riders().forEach(rider -> actions.accept(new Action.Settle(rider.number(), answered)));
    }

    private static State waitingAlso(State state, Request request) {
        return state.responses(state.active(), state.asked(), plus(state.waiting(), List.of(request)));
    }

    private static List<Request> anies(List<Request> requests) {
        return requests.stream().filter(Request::any).toList();
    }

    private static <T> List<T> plus(List<T> some, List<T> more) {
        List<T> all = new ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }

    private static <T> List<T> without(List<T> all, List<T> some) {
        return all.stream().filter(each -> !some.contains(each)).toList();
    }
}
