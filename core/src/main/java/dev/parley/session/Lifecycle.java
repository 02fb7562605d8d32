package dev.parley.session;

import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import java.util.function.Consumer;

/**
 * When a session begins, fails and ends: a pure machine. A lost leg is not yet a closed session; that it becomes one is
 * the policy written here, and the place where another policy (rollover, resume) goes.
 */
final class Lifecycle {
    /** Where a session is in its life. */
    enum Phase {
        /** The client may speak; the provider is being connected. */
        DIALLING,
        /** Both legs are connected. */
        LIVE,
        /** The end is decided; legs are closing. */
        ENDING,
        /** Neither leg is left. */
        ENDED
    }

    /** The machine's state. */
    record State(Phase phase, boolean client, boolean provider) {
        static final State START = new State(Phase.DIALLING, true, true);
    }

    /** What happened. */
    sealed interface Input {
        record ProviderOpened() implements Input {}

        record ProviderClosed(CloseReason why) implements Input {}

        record ClientClosed(CloseReason why) implements Input {}

        /** The session is to end for a reason of its own: a time limit, a stop, a stuck leg. */
        record End(CloseReason why) implements Input {}
    }

    /** What is to be done, in this order. */
    sealed interface Action {
        /** What waits for the provider goes out. */
        record Begin() implements Action {}

        /** The client gets an {@code error} event. */
        record TellClient(CloseReason why) implements Action {}

        record CloseClient(CloseReason why) implements Action {}

        record CloseProvider(CloseReason why) implements Action {}

        /** Nothing is left of the session. */
        record Forget() implements Action {}
    }

    private static final CloseReason GOODBYE = CloseReason.of(Failure.NORMAL, "");

    private Lifecycle() {}

    static State step(State state, Input input, Consumer<Action> actions) {
        return switch (input) {
            case Input.ProviderOpened opened -> opened(state, actions);
            case Input.ProviderClosed closed ->
                settle(end(new State(state.phase(), state.client(), false), closed.why(), actions), actions);
            case Input.ClientClosed closed ->
                settle(end(new State(state.phase(), false, state.provider()), closed.why(), actions), actions);
            case Input.End end -> settle(end(state, end.why(), actions), actions);
        };
    }

    private static State opened(State state, Consumer<Action> actions) {
        if (state.phase() != Phase.DIALLING) {
            return state;
        }
        actions.accept(new Action.Begin());
        return new State(Phase.LIVE, state.client(), state.provider());
    }

    private static State end(State state, CloseReason why, Consumer<Action> actions) {
        if (state.phase() == Phase.ENDING || state.phase() == Phase.ENDED) {
            return state;
        }
        if (state.client()) {
            if (why.failure() != Failure.NORMAL) {
                actions.accept(new Action.TellClient(why));
            }
            actions.accept(new Action.CloseClient(why.sendable()));
        }
        if (state.provider()) {
            actions.accept(new Action.CloseProvider(GOODBYE));
        }
        return new State(Phase.ENDING, state.client(), state.provider());
    }

    private static State settle(State state, Consumer<Action> actions) {
        if (state.phase() != Phase.ENDING || state.client() || state.provider()) {
            return state;
        }
        actions.accept(new Action.Forget());
        return new State(Phase.ENDED, false, false);
    }
}
