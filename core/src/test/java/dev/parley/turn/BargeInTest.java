package dev.parley.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.ItemKey;
import dev.parley.turn.BargeIn.Action;
import dev.parley.turn.BargeIn.Audio;
import dev.parley.turn.BargeIn.Input;
import dev.parley.turn.BargeIn.State;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BargeInTest {
    private static final ItemKey A = new ItemKey("a", 0);
    private static final ItemKey B = new ItemKey("b", 0);
    private State state = State.START;

    private List<Action> step(Input input) {
        List<Action> actions = new ArrayList<>();
        state = BargeIn.step(state, input, actions::add);
        return actions;
    }

    private static Audio audio(ItemKey part, String response, boolean live, long heardMillis) {
        return new Audio(part, response, live, true, heardMillis, false);
    }

    private static Input stop(@Nullable String active, boolean cancels, Audio... audio) {
        return new Input.Stop(List.of(audio), active, List.of(), cancels, true);
    }

    @Test
    void dropsFirstThenClearsThenCancelsThenTruncates() {
        assertThat(step(stop("r", false, audio(A, "r", true, 30))))
                .containsExactly(
                        new Action.Drop(A, 30),
                        new Action.Clear("r"),
                        new Action.Cancel("r"),
                        new Action.Truncate(A, 30));
        assertThat(state.cut("a")).isTrue();
        step(new Input.Done("r"));
        assertThat(state.any()).isFalse();
    }

    @Test
    void cancelsOnceAndNotWhatTheProviderCancels() {
        assertThat(step(stop("r", true, audio(A, "r", true, 30)))).doesNotContain(new Action.Cancel("r"));
        assertThat(step(stop("r", false))).containsExactly(new Action.Cancel("r"));
        assertThat(step(stop("r", false))).isEmpty();
    }

    @Test
    void truncatesAnItemOnce() {
        step(stop("r", true, audio(A, "r", true, 30)));
        assertThat(step(stop("r", true, audio(A, "r", true, 40)))).noneMatch(Action.Truncate.class::isInstance);
        assertThat(step(new Input.Late(A, 10))).isEmpty();
        assertThat(step(new Input.ClientTruncates(audio(A, "r", true, 20)))).isEmpty();
    }

    @Test
    void anItemOfWhichAllWasHeardSoFarIsTruncatedWhenMoreComes() {
        Audio all = new Audio(A, "r", true, true, 500, true);
        assertThat(step(stop("r", true, all))).containsExactly(new Action.Drop(A, 500));
        assertThat(step(new Input.Late(A, 10))).containsExactly(new Action.Truncate(A, 500));
        assertThat(step(new Input.Late(A, 20))).isEmpty();
    }

    @Test
    void itemsThatBeginAfterTheCutAreCutToo() {
        step(stop("r", true));
        assertThat(step(new Input.ItemBegun("r", "b"))).isEmpty();
        assertThat(step(new Input.Late(B, 10))).containsExactly(new Action.Truncate(B, 0));
        step(new Input.ItemBegun("other", "c"));
        assertThat(state.cut("c")).isFalse();
    }

    @Test
    void responsesOutOfBandAreCancelledAndNotTruncated() {
        Audio outOfBand = new Audio(A, "o", true, false, 30, false);
        assertThat(step(stop(null, true, outOfBand)))
                .containsExactly(new Action.Drop(A, 30), new Action.Clear("o"), new Action.Cancel("o"));
    }

    @Test
    void aProviderThatDoesNotCancelIsToldAfterAWhile() {
        step(stop("r", true, audio(A, "r", true, 30)));
        assertThat(step(new Input.Late(A, BargeIn.PATIENCE_MS))).isEmpty();
        assertThat(step(new Input.Late(A, BargeIn.PATIENCE_MS + 1))).containsExactly(new Action.Cancel("r"));
        assertThat(step(new Input.Late(A, BargeIn.PATIENCE_MS + 2))).isEmpty();
    }

    @Test
    void theClientsTruncatePassesOnceAndCutsTheItem() {
        assertThat(step(new Input.ClientTruncates(audio(A, "r", true, 20))))
                .containsExactly(new Action.Pass(), new Action.Drop(A, 20));
        assertThat(state.cut("a")).isTrue();
        assertThat(step(stop("r", true, audio(A, "r", true, 20)))).noneMatch(Action.Truncate.class::isInstance);
    }

    @Test
    void clearingEndsPlaybackAndNotTheResponse() {
        Input clear = new Input.Stop(List.of(audio(A, "r", true, 30)), "r", List.of(), false, false);
        assertThat(step(clear))
                .containsExactly(new Action.Drop(A, 30), new Action.Clear("r"), new Action.Truncate(A, 30));
    }
}
