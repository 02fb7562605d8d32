package dev.parley.turn;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the requests for responses that Parley itself makes from meeting an active one: a pure machine. A conversation
 * has at most one active response; a request waits until it is done.
 */
final class ResponseSequencer {
    /**
     * The machine's state.
     *
     * @param active the id of the active response, or null
     * @param asked whether a response was asked for and has not begun
     * @param waiting how many more are to be asked for when the active one is done
     */
    record State(@Nullable String active, boolean asked, int waiting) {
        static final State IDLE = new State(null, false, 0);

        boolean busy() {
            return active != null || asked;
        }
    }

    /** What happened. */
    sealed interface Input {
        /** Parley wants a response. */
        record Want() implements Input {}

        /** A request for a response passes, from the client. */
        record Asked() implements Input {}

        record Created(String responseId) implements Input {}

        record Done(String responseId) implements Input {}

        /** The provider refused a request. */
        record Refused() implements Input {}
    }

    /** What is to be done. */
    enum Action {
        /** Ask the provider for a response. */
        ASK
    }

    private ResponseSequencer() {}

    static State step(State state, Input input, Consumer<Action> actions) {
        return switch (input) {
            case Input.Want want -> next(new State(state.active(), state.asked(), state.waiting() + 1), actions);
            case Input.Asked asked -> new State(state.active(), true, state.waiting());
            case Input.Created created -> new State(created.responseId(), false, state.waiting());
            case Input.Done done ->
                done.responseId().equals(state.active())
                        ? next(new State(null, state.asked(), state.waiting()), actions)
                        : state;
            case Input.Refused refused -> next(new State(state.active(), false, state.waiting()), actions);
        };
    }

    private static State next(State state, Consumer<Action> actions) {
        if (state.waiting() == 0 || state.busy()) {
            return state;
        }
        actions.accept(Action.ASK);
        return new State(null, true, state.waiting() - 1);
    }
}
