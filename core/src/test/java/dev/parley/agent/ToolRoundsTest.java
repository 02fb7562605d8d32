package dev.parley.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.agent.ToolRounds.Action;
import dev.parley.agent.ToolRounds.Input;
import dev.parley.agent.ToolRounds.State;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolRoundsTest {
    private final List<Action> actions = new ArrayList<>();
    private State state = State.NONE;

    private void step(Input... inputs) {
        for (Input input : inputs) {
            state = ToolRounds.step(state, input, actions::add);
        }
    }

    @Test
    void asksOnceWhenAllCallsAreAnsweredAndTheResponseIsDone() {
        step(new Input.Began("r"), new Input.Called("r", "a"), new Input.Called("r", "b"));
        step(new Input.Answered("a", true), new Input.Done("r"));
        assertThat(actions).isEmpty();
        step(new Input.Answered("b", true));
        assertThat(actions).hasSize(1);
        assertThat(state.rounds()).isEmpty();
    }

    @Test
    void waitsForTheEndOfTheResponse() {
        step(new Input.Began("r"), new Input.Called("r", "a"), new Input.Answered("a", true));
        assertThat(actions).isEmpty();
        step(new Input.Done("r"));
        assertThat(actions).hasSize(1);
    }

    @Test
    void asksNotForAResponseWithoutCalls() {
        step(new Input.Began("r"), new Input.Done("r"));
        assertThat(actions).isEmpty();
        assertThat(state.rounds()).isEmpty();
    }

    @Test
    void leavesItToTheClientThatHasAnswersToGive() {
        step(new Input.Called("r", "a"), new Input.Shared("r"), new Input.Answered("a", true), new Input.Done("r"));
        assertThat(actions).isEmpty();
        assertThat(state.rounds()).isEmpty();
    }

    @Test
    void asksAfterAllIfTheClientHasNotWaited() {
        step(new Input.Called("r", "a"), new Input.Shared("r"), new Input.Done("r"), new Input.Began("s"));
        step(new Input.Done("s"), new Input.Answered("a", true));
        assertThat(actions).hasSize(1);
        assertThat(state.rounds()).isEmpty();
    }

    @Test
    void asksNotForAnswersThatFollowLater() {
        step(new Input.Called("r", "a"), new Input.Answered("a", false), new Input.Done("r"));
        assertThat(actions).isEmpty();
        step(new Input.Called("s", "b"), new Input.Called("s", "c"), new Input.Answered("b", false));
        step(new Input.Done("s"), new Input.Answered("c", true));
        assertThat(actions).hasSize(1);
    }

    @Test
    void anAnswerOfNoCallChangesNothing() {
        step(new Input.Called("r", "a"), new Input.Answered("x", true), new Input.Done("r"));
        assertThat(actions).isEmpty();
        assertThat(state.rounds()).hasSize(1);
    }
}
