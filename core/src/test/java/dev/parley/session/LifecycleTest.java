package dev.parley.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import dev.parley.session.Lifecycle.Action;
import dev.parley.session.Lifecycle.Input;
import dev.parley.session.Lifecycle.Phase;
import dev.parley.session.Lifecycle.State;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifecycleTest {
    private static final CloseReason LOST = CloseReason.of(Failure.PROVIDER_LOST, "lost");
    private static final CloseReason GONE = CloseReason.of(Failure.CLIENT_LOST, "gone");

    private final List<Action> actions = new ArrayList<>();

    private State steps(Input... inputs) {
        State state = State.START;
        for (Input input : inputs) {
            state = Lifecycle.step(state, input, actions::add);
        }
        return state;
    }

    @Test
    void beginsWhenTheProviderIsThere() {
        assertThat(steps(new Input.ProviderOpened()).phase()).isEqualTo(Phase.LIVE);
        assertThat(actions).containsExactly(new Action.Begin());
    }

    @Test
    void tellsTheClientBeforeItCloses() {
        State state = steps(new Input.ProviderOpened(), new Input.ProviderClosed(LOST));
        assertThat(state).isEqualTo(new State(Phase.ENDING, true, false));
        assertThat(actions)
                .containsExactly(new Action.Begin(), new Action.TellClient(LOST), new Action.CloseClient(LOST));
    }

    @Test
    void isForgottenOnceAndOnlyWhenBothLegsAreClosed() {
        State state = steps(new Input.ClientClosed(GONE));
        assertThat(state.phase()).isEqualTo(Phase.ENDING);
        assertThat(actions).doesNotContain(new Action.Forget());
        steps(new Input.ClientClosed(GONE), new Input.ProviderClosed(LOST), new Input.ProviderClosed(LOST));
        assertThat(actions).containsOnlyOnce(new Action.Forget());
    }

    @Test
    void closesAProviderThatOpensTooLate() {
        State state = steps(new Input.ClientClosed(GONE), new Input.ProviderOpened());
        assertThat(state.phase()).isEqualTo(Phase.ENDING);
        assertThat(actions).doesNotContain(new Action.Begin());
    }

    /** All sequences of five inputs: no second goodbye, no second forgetting, and the end is the end. */
    @Test
    void holdsForEverySequence() {
        List<Input> inputs = List.of(
                new Input.ProviderOpened(),
                new Input.ProviderClosed(LOST),
                new Input.ClientClosed(GONE),
                new Input.End(CloseReason.of(Failure.STOPPING, "stop")),
                new Input.End(CloseReason.of(Failure.NORMAL, "")));
        every(State.START, inputs, 5, new ArrayList<>());
    }

    private static void every(State state, List<Input> inputs, int depth, List<Action> before) {
        for (Class<?> once : List.of(
                Action.Begin.class,
                Action.TellClient.class,
                Action.CloseClient.class,
                Action.CloseProvider.class,
                Action.Forget.class)) {
            assertThat(before.stream().filter(once::isInstance).count())
                    .as("%s in %s", once.getSimpleName(), before)
                    .isLessThanOrEqualTo(1);
        }
        if (state.phase() == Phase.ENDED) {
            assertThat(before.getLast()).isEqualTo(new Action.Forget());
        }
        if (depth == 0) {
            return;
        }
        for (Input input : inputs) {
            List<Action> actions = new ArrayList<>(before);
            every(Lifecycle.step(state, input, actions::add), inputs, depth - 1, actions);
        }
    }
}
