package dev.parley.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.turn.ResponseSequencer.Action;
import dev.parley.turn.ResponseSequencer.Input;
import dev.parley.turn.ResponseSequencer.State;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponseSequencerTest {
    private final List<Action> actions = new ArrayList<>();
    private State state = State.IDLE;

    private void step(Input input) {
        state = ResponseSequencer.step(state, input, actions::add);
    }

    @Test
    void asksAtOnceWhenNothingIsActive() {
        step(new Input.Want());
        assertThat(actions).hasSize(1);
    }

    @Test
    void waitsForTheActiveResponse() {
        step(new Input.Created("r1"));
        step(new Input.Want());
        step(new Input.Want());
        assertThat(actions).isEmpty();
        step(new Input.Done("other"));
        assertThat(actions).isEmpty();
        step(new Input.Done("r1"));
        assertThat(actions).hasSize(1);
    }

    @Test
    void waitsForAResponseThatTheClientAskedFor() {
        step(new Input.Asked());
        step(new Input.Want());
        assertThat(actions).isEmpty();
        step(new Input.Refused());
        assertThat(actions).hasSize(1);
    }
}
