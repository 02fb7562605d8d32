package dev.parley.agent;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Knows when the calls of a response have been answered, so that the model is to go on: a pure machine. A round is a
 * response with calls of tools; it is over when the response is done and all of its calls of the server's are answered.
 */
final class ToolRounds {
    /**
     * One round.
     *
     * @param open the calls of the server's tools that are not answered
     * @param owed whether an answer is in the conversation that the model has not seen
     * @param shared whether the client's tools were called, too, so that the client asks for the next response
     * @param done whether the response is done
     * @param passed whether another response has begun since
     */
    record Round(Set<String> open, boolean owed, boolean shared, boolean done, boolean passed) {
        static final Round NEW = new Round(Set.of(), false, false, false, false);

        Round {
            open = Set.copyOf(open);
        }

        Round with(String callId) {
            Set<String> more = new HashSet<>(open);
            more.add(callId);
            return new Round(more, owed, shared, done, passed);
        }

        Round without(String callId, boolean owes) {
            Set<String> fewer = new HashSet<>(open);
            fewer.remove(callId);
            return new Round(fewer, owed || owes, shared, done, passed);
        }
    }

    /** The machine's state: the rounds that are not over, by the ids of their responses. */
    record State(Map<String, Round> rounds) {
        static final State NONE = new State(Map.of());

        State {
            rounds = Map.copyOf(rounds);
        }

        Round of(String responseId) {
            return rounds.getOrDefault(responseId, Round.NEW);
        }

        State with(String responseId, Round round) {
            Map<String, Round> more = new LinkedHashMap<>(rounds);
            more.put(responseId, round);
            return new State(more);
        }

        State without(String responseId) {
            Map<String, Round> fewer = new LinkedHashMap<>(rounds);
            fewer.remove(responseId);
            return new State(fewer);
        }
    }

    /** What happened. */
    sealed interface Input {
        /** A response has begun. */
        record Began(String responseId) implements Input {}

        /** It has called a tool of the server's. */
        record Called(String responseId, String callId) implements Input {}

        /** It has called a tool of the client's. */
        record Shared(String responseId) implements Input {}

        /**
         * The answer to a call is in the conversation.
         *
         * @param owes whether the model is to say something to it
         */
        record Answered(String callId, boolean owes) implements Input {}

        record Done(String responseId) implements Input {}
    }

    /** What is to be done. */
    enum Action {
        /** Want a response to the answers. */
        NEXT
    }

    private ToolRounds() {}

    static State step(State state, Input input, Consumer<Action> actions) {
        return switch (input) {
            case Input.Began began -> passed(state);
            case Input.Called called ->
                state.with(called.responseId(), state.of(called.responseId()).with(called.callId()));
            case Input.Shared shared -> {
                Round round = state.of(shared.responseId());
                yield state.with(
                        shared.responseId(), new Round(round.open(), round.owed(), true, round.done(), round.passed()));
            }
            case Input.Answered answered -> answered(state, answered, actions);
            case Input.Done done -> {
                Round round = state.of(done.responseId());
                yield settled(
                        state,
                        done.responseId(),
                        new Round(round.open(), round.owed(), round.shared(), true, round.passed()),
                        actions);
            }
        };
    }

    /** What is answered from now on, that response has not seen, whoever asked for it. */
    private static State passed(State state) {
        Map<String, Round> rounds = new LinkedHashMap<>();
        state.rounds()
                .forEach((id, round) -> rounds.put(
                        id, round.done() ? new Round(round.open(), round.owed(), round.shared(), true, true) : round));
        return new State(rounds);
    }

    private static State answered(State state, Input.Answered answered, Consumer<Action> actions) {
        for (Map.Entry<String, Round> each : state.rounds().entrySet()) {
            if (each.getValue().open().contains(answered.callId())) {
                Round round = each.getValue().without(answered.callId(), answered.owes());
                return settled(state, each.getKey(), round, actions);
            }
        }
        return state;
    }

    private static State settled(State state, String responseId, Round round, Consumer<Action> actions) {
        if (!round.done() || !round.open().isEmpty()) {
            return state.with(responseId, round);
        }
        if (round.owed() && (!round.shared() || round.passed())) {
            actions.accept(Action.NEXT);
        }
        return state.without(responseId);
    }
}
