package dev.parley.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.turn.ResponseSequencer.Action;
import dev.parley.turn.ResponseSequencer.Input;
import dev.parley.turn.ResponseSequencer.Request;
import dev.parley.turn.ResponseSequencer.State;
import dev.parley.turn.ResponseSequencer.Wait;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponseSequencerTest {
    private State state = State.IDLE;

    private static Input want(long number) {
        return new Input.Want(new Request(number, true, false, true, 0));
    }

    private static Input wantAny(long number) {
        return new Input.Want(new Request(number, true, true, true, 0));
    }

    private static Input wantSaid(long number) {
        return new Input.Want(new Request(number, true, false, false, 0));
    }

    private static Input client(long number) {
        return new Input.ClientAsks(new Request(number, false, false, true, 0));
    }

    private static Action send(long number) {
        return new Action.Send(number);
    }

    private static Action settled(long number) {
        return new Action.Settle(number, true);
    }

    private static Action missed(long number) {
        return new Action.Settle(number, false);
    }

    private List<Action> step(Input input) {
        List<Action> actions = new ArrayList<>();
        state = ResponseSequencer.step(state, input, actions::add);
        return actions;
    }

    private List<Action> created(String id) {
        return step(new Input.Created(id));
    }

    private List<Action> done(String id) {
        return step(new Input.Done(id));
    }

    @Test
    void asksAtOnceWhenNothingIsActive() {
        assertThat(step(want(1))).containsExactly(send(1));
        assertThat(created("r1")).isEmpty();
        assertThat(done("r1")).containsExactly(settled(1));
        assertThat(state).isEqualTo(State.IDLE);
    }

    @Test
    void waitsForTheActiveResponse() {
        created("r1");
        assertThat(step(want(1))).isEmpty();
        assertThat(step(want(2))).isEmpty();
        assertThat(done("other")).isEmpty();
        assertThat(done("r1")).containsExactly(send(1));
        created("r2");
        assertThat(done("r2")).containsExactly(settled(1), send(2));
    }

    @Test
    void waitsForAResponseThatTheClientAskedFor() {
        assertThat(step(client(1))).containsExactly(send(1));
        assertThat(step(want(2))).isEmpty();
        assertThat(step(new Input.Refused(1, false))).containsExactly(send(2));
    }

    @Test
    void waitsWhileTheUserSpeaksAndForTheAnswerThatComesByItself() {
        step(new Input.Automatic(true));
        step(new Input.SpeechStarted());
        assertThat(step(want(1))).isEmpty();
        assertThat(state.waits()).isEqualTo(Wait.SPEECH);
        assertThat(step(new Input.TurnEnded())).isEmpty();
        assertThat(state.waits()).isEqualTo(Wait.AUTOMATIC);
        created("r1");
        assertThat(step(new Input.TurnEnded())).isEmpty();
        assertThat(done("r1")).containsExactly(send(1));
    }

    @Test
    void doesNotWaitForAnAnswerWhereTheProviderMakesNone() {
        step(new Input.SpeechStarted());
        step(want(1));
        assertThat(step(new Input.TurnEnded())).containsExactly(send(1));
    }

    @Test
    void waitsNoLongerWhenTimeIsUp() {
        step(new Input.Automatic(true));
        step(new Input.SpeechStarted());
        step(want(1));
        step(new Input.TurnEnded());
        assertThat(step(new Input.TimeUp(Wait.AUTOMATIC))).containsExactly(send(1));
        assertThat(state.waits()).isEqualTo(Wait.RESPONSE);
        assertThat(step(new Input.TimeUp(Wait.RESPONSE))).containsExactly(missed(1));
        step(new Input.SpeechStarted());
        step(want(2));
        assertThat(step(new Input.TimeUp(Wait.SPEECH))).containsExactly(send(2));
    }

    @Test
    void aWishForAnyIsSettledByTheNextResponseAndNotByTheActiveOne() {
        created("r1");
        step(wantAny(1));
        step(new Input.Automatic(true));
        step(new Input.SpeechStarted());
        step(new Input.TurnEnded());
        assertThat(done("r1")).isEmpty();
        created("r2");
        assertThat(done("r2")).containsExactly(settled(1));
    }

    @Test
    void aWishForAnyRidesOnlyOnRequestsThatCameAfterItAndSeeTheConversation() {
        step(want(1));
        step(wantAny(2));
        created("r1");
        assertThat(done("r1")).containsExactly(settled(1), send(2));
        created("r2");
        step(wantSaid(3));
        step(wantAny(4));
        assertThat(done("r2")).containsExactly(settled(2), send(3));
        created("r3");
        step(want(5));
        assertThat(done("r3")).containsExactly(settled(3), send(4));
        created("r4");
        step(wantAny(6));
        assertThat(done("r4")).containsExactly(settled(4), send(5));
        created("r5");
        assertThat(done("r5")).containsExactly(settled(5), settled(6));
    }

    @Test
    void repeatsARequestThatMetTheClientsAndGivesUpAfterAFewTimes() {
        step(want(1));
        for (int i = 0; i <= ResponseSequencer.RETRIES; i++) {
            String other = "other" + i;
            assertThat(created(other)).isEmpty();
            boolean last = i == ResponseSequencer.RETRIES;
            assertThat(step(new Input.Refused(1, true))).isEqualTo(last ? List.of(missed(1)) : List.of());
            assertThat(done(other)).isEqualTo(last ? List.of() : List.of(send(1)));
        }
    }

    @Test
    void repeatsARequestThatMetAResponseOfWhichNothingWasTold() {
        step(want(1));
        assertThat(step(new Input.Refused(1, true))).isEmpty();
        assertThat(state.waits()).isEqualTo(Wait.AUTOMATIC);
        assertThat(done("unknown")).containsExactly(send(1));
    }

    @Test
    void holdsTheClientsRequestWhileTheAgentsResponseIsOnItsWay() {
        step(want(1));
        assertThat(step(client(2))).isEmpty();
        created("r1");
        assertThat(step(client(3))).isEmpty();
        assertThat(done("r1")).containsExactly(settled(1), send(2));
        created("r2");
        assertThat(step(client(4))).as("its own is active").containsExactly(send(4));
    }

    @Test
    void holdsOnlySoMany() {
        step(want(1));
        for (int i = 0; i < ResponseSequencer.HELD; i++) {
            assertThat(step(client(10 + i))).isEmpty();
        }
        assertThat(step(client(99))).containsExactly(send(99));
    }

    @Test
    void aRefusedRequestGivesBackThoseThatRodeOnIt() {
        created("r1");
        step(wantAny(1));
        assertThat(step(client(2))).containsExactly(send(2));
        step(new Input.Refused(2, true));
        assertThat(done("r1")).containsExactly(send(1));
    }

    @Test
    void aWishForAnyIsAskedAgainWhenItMetTheProvidersOwnResponse() {
        assertThat(step(wantAny(1))).containsExactly(send(1));
        assertThat(created("vad")).isEmpty();
        assertThat(step(new Input.Refused(1, true))).isEmpty();
        assertThat(done("vad")).containsExactly(send(1));
        created("r1");
        assertThat(done("r1")).containsExactly(settled(1));
    }
}
