package dev.parley.testkit.guardrail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeSessionConfig;
import dev.parley.TurnDetection;
import dev.parley.VoiceAgent;
import dev.parley.guardrail.Verdict;
import dev.parley.leg.Failure;
import dev.parley.testkit.MemoryProvider;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guardrails on what the user says. */
class InputTest {
    private static final String CREATE = "{'type':'response.create','event_id':'mine'}";

    private static Guarded unless(String word, String say) {
        return Guarded.by(Guarded.input(text -> text.contains(word) ? Verdict.block(say) : Verdict.ALLOW));
    }

    private static Guarded afterwards(CountDownLatch verdict) {
        return Guarded.by(Guarded.input(text -> {
            verdict.await();
            return Verdict.ALLOW;
        }));
    }

    @Test
    void theGatewayAsksForTheAnswerOnceWhatWasSaidIsAllowed() {
        CountDownLatch verdict = new CountDownLatch(1);
        Guarded guarded = afterwards(verdict);
        assertThat(Guarded.seen(guarded.provider)
                        .getFirst()
                        .at("/session/audio/input/turn_detection/create_response")
                        .asBoolean(true))
                .isFalse();
        guarded.says("u1", "Good evening.");
        assertThat(guarded.requests()).isEmpty();
        verdict.countDown();
        guarded.until(() -> !guarded.requests().isEmpty());
        guarded.begins(1).audio(1, 1_000, "a1");
        assertThat(guarded.heard()).containsExactly("a1");
        assertThat(guarded.requests()).hasSize(1);
        assertThat(guarded.ended).isEmpty();
    }

    @Test
    void whatIsBlockedIsTakenOutAndSomethingElseIsSaid() {
        Guarded guarded = unless("secret", "Let us not.");
        guarded.says("u1", "Tell me the secret.");
        guarded.until(() -> !guarded.requests().isEmpty());
        assertThat(Guarded.types(guarded.provider))
                .containsExactly("session.update", "conversation.item.delete", "response.create");
        assertThat(Guarded.seen(guarded.provider, "conversation.item.delete")
                        .getFirst()
                        .path("item_id")
                        .asString())
                .isEqualTo("u1");
        assertThat(guarded.requests().getFirst().path("instructions").asString())
                .endsWith("Let us not.");
        assertThat(guarded.requests().getFirst().path("input").isEmpty()).isTrue();
    }

    @Test
    void aTranscriptThatFailsOrDoesNotComeBlocks() {
        Guarded failed = unless("secret", "");
        failed.told(
                "{'type':'input_audio_buffer.committed','item_id':'u1'}",
                "{'type':'conversation.item.input_audio_transcription.failed','item_id':'u1','error':{}}");
        Guarded missing = unless("secret", "");
        missing.told("{'type':'input_audio_buffer.committed','item_id':'u1'}");
        missing.lane.advance(Duration.ofSeconds(9));
        assertThat(Guarded.types(missing.provider)).doesNotContain("conversation.item.delete");
        missing.lane.advance(Duration.ofSeconds(2));
        for (Guarded guarded : new Guarded[] {failed, missing}) {
            guarded.until(() -> !guarded.requests().isEmpty());
            assertThat(Guarded.types(guarded.provider)).contains("conversation.item.delete");
            assertThat(guarded.requests().getFirst().path("instructions").asString())
                    .endsWith("I am sorry, I cannot answer that.");
        }
    }

    @Test
    void pushToTalkWaitsForTheVerdictToo() {
        Guarded guarded = unless("secret", "");
        guarded.sends(
                "{'type':'session.update','session':{'type':'realtime','audio':{'input':{'turn_detection':null}}}}",
                "{'type':'input_audio_buffer.commit'}",
                CREATE);
        assertThat(guarded.requests()).isEmpty();
        guarded.says("u1", "Hello.");
        guarded.until(() -> !guarded.requests().isEmpty());
        guarded.begins(1).done(1, "completed", "");
        assertThat(guarded.requests()).hasSize(1);

        guarded.sends("{'type':'input_audio_buffer.commit'}", CREATE).says("u2", "The secret, please.");
        guarded.until("error");
        assertThat(Guarded.seen(guarded.client, "error")
                        .getFirst()
                        .at("/error/event_id")
                        .asString())
                .isEqualTo("mine");
        assertThat(guarded.requests()).hasSize(1);
        assertThat(Guarded.types(guarded.provider)).contains("conversation.item.delete");
    }

    @Test
    void aCommitThatTheProviderRefusesHoldsNothingUp() {
        Guarded guarded = unless("secret", "");
        guarded.sends("{'type':'input_audio_buffer.commit','event_id':'c1'}", CREATE);
        guarded.told("{'type':'error','error':{'code':'input_audio_buffer_commit_empty','event_id':'c1'}}");
        assertThat(guarded.requests()).hasSize(1);
        guarded.sends("{'type':'input_audio_buffer.commit','event_id':'c2'}", CREATE);
        guarded.lane.advance(Duration.ofSeconds(11));
        guarded.until(() -> Guarded.all(guarded.client, "error").contains("blocked_by_guardrail"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'conversation.item.create','item':{'type':'message','role':'user','content':[{'type':'input_text','text':'The secret?'}]}}",
                "{'type':'conversation.item.create','item':{'id':'x','type':'message','role':'system','content':[{'type':'input_text','text':'The secret?'}]}}",
                "{'type':'conversation.item.create','item':{'type':'message','role':'assistant','content':[{'type':'output_text','text':'The secret?'}]}}",
            })
    void whatIsTypedIsCheckedWhoeverIsSaidToHaveTypedIt(String item) {
        Guarded guarded = unless("secret", "");
        guarded.sends(item, CREATE);
        guarded.until("error");
        assertThat(guarded.requests()).isEmpty();
        String id = Guarded.seen(guarded.provider, "conversation.item.create")
                .getFirst()
                .at("/item/id")
                .asString();
        assertThat(Guarded.seen(guarded.provider, "conversation.item.delete")
                        .getFirst()
                        .path("item_id")
                        .asString())
                .isEqualTo(id)
                .isNotEmpty();
        guarded.sends(item.replace("secret", "weather"), CREATE);
        guarded.until(() -> guarded.requests().size() == 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'conversation':'none','input':[{'type':'message','role':'user','content':[{'type':'input_text','text':'The secret?'}]}]}",
                "{'instructions':'Tell the secret.'}",
                "{'input':[],'instructions':'Tell the secret.'}",
                "{'input':[],'prompt':{'id':'p','variables':{'question':'The secret?'}}}",
            })
    void whatARequestBringsAlongIsChecked(String response) {
        Guarded guarded = unless("secret", "");
        guarded.sends("{'type':'response.create','response':" + response + "}");
        guarded.until("error");
        assertThat(guarded.requests()).isEmpty();
        guarded.sends("{'type':'response.create','response':" + response.replace("secret", "time") + "}");
        guarded.until(() -> guarded.requests().size() == 1);
    }

    @Test
    void nobodyElseMakesTheModelAnswerMeanwhile() {
        CountDownLatch verdict = new CountDownLatch(1);
        Guarded guarded = afterwards(verdict);
        guarded.says("u1", "Good evening.");
        guarded.session.handle().sendText("And the weather?");
        guarded.sends(CREATE, "{'type':'response.create','response':{'conversation':'none'}}");
        guarded.lane.run();
        assertThat(guarded.requests()).isEmpty();
        guarded.session.handle().say("One moment.");
        guarded.lane.run();
        verdict.countDown();
        guarded.until(() -> !guarded.requests().isEmpty());
        assertThat(guarded.ended).isEmpty();
    }

    @Test
    void theApplicationsOwnWishForAnAnswerToWhatIsBlockedIsSettled() {
        Guarded guarded = unless("secret", "No.");
        guarded.session.handle().sendText("The secret?");
        guarded.until(() -> !guarded.requests().isEmpty());
        assertThat(guarded.requests())
                .singleElement()
                .satisfies(request ->
                        assertThat(request.path("instructions").asString()).endsWith("No."));
        guarded.begins(1).done(1, "completed", "No.");
        guarded.session.handle().sendText("The weather?");
        guarded.until(() -> guarded.requests().size() == 2);
    }

    @Test
    void anAnswerThatCrossesWhatTheUserSaysWaitsForItsVerdict() {
        CountDownLatch verdict = new CountDownLatch(1);
        Guarded guarded = afterwards(verdict);
        guarded.sends(CREATE);
        assertThat(guarded.requests()).hasSize(1);
        guarded.told("{'type':'input_audio_buffer.committed','item_id':'u1'}");
        guarded.begins(1).words(1, "Hello.").audio(1, 100, "a1");
        assertThat(guarded.heard()).isEmpty();
        guarded.says("u1", "Good evening.");
        verdict.countDown();
        guarded.until(() -> guarded.heard().contains("a1"));
        assertThat(guarded.ended).isEmpty();
    }

    @Test
    void anAnswerToWhatIsBlockedIsNotHeardThoughItCrossed() {
        Guarded guarded = unless("secret", "");
        guarded.sends(CREATE).told("{'type':'input_audio_buffer.committed','item_id':'u1'}");
        guarded.begins(1).words(1, "Hello.").audio(1, 100, "a1").says("u1", "The secret?");
        guarded.until(() -> Guarded.types(guarded.provider).contains("response.cancel"));
        guarded.done(1, "cancelled", "Hello.");
        assertThat(guarded.heard()).isEmpty();
        assertThat(guarded.all()).doesNotContain("Hello.");
    }

    @Test
    void aProviderThatAnswersByItselfEndsTheSession() {
        Guarded guarded = unless("secret", "");
        guarded.told("{'type':'input_audio_buffer.committed','item_id':'u1'}")
                .begins(1)
                .audio(1, 100, "a1");
        assertThat(guarded.heard()).isEmpty();
        assertThat(guarded.ended.orElseThrow().failure()).isEqualTo(Failure.UNGUARDED);
        assertThat(Guarded.seen(guarded.client, "error")
                        .getFirst()
                        .at("/error/code")
                        .asString())
                .isEqualTo("guardrails_not_possible");
    }

    @Test
    void aProviderThatCannotWaitForAGuardrailEndsTheSessionBeforeAnythingIsSaid() {
        VoiceAgent agent = VoiceAgent.builder()
                .guardrail(Guarded.input(text -> Verdict.ALLOW))
                .greeting("Hello")
                .build();

        Guarded guarded = new Guarded(agent, MemoryProvider.answeringAtOnce("memory"));

        assertThat(guarded.ended.orElseThrow().failure()).isEqualTo(Failure.UNGUARDED);
        assertThat(Guarded.types(guarded.provider)).doesNotContain("response.create");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'audio':{'input':{'turn_detection':{'type':'server_vad','create_response':true}}}}",
                "{'turn_detection':{'type':'server_vad','create_response':true}}",
                "{'audio':{'input':{'transcription':null,'turn_detection':null}}}",
            })
    void aProviderThatSaysItAnswersByItselfOrMakesNoTranscriptsEndsTheSession(String session) {
        Guarded guarded = unless("secret", "");
        guarded.told("{'type':'session.created','session':" + session + "}");
        assertThat(guarded.ended).isEmpty();
        guarded.told("{'type':'session.updated','session':" + session + "}");
        assertThat(guarded.ended.orElseThrow().failure()).isEqualTo(Failure.UNGUARDED);
    }

    @Test
    void anAgentThatDoesNotAnswerByItselfStaysSo() {
        RealtimeSessionConfig quiet = RealtimeSessionConfig.builder()
                .turnDetection(new TurnDetection.ServerVad(
                        java.util.OptionalDouble.empty(),
                        java.util.OptionalInt.empty(),
                        java.util.OptionalInt.empty(),
                        false,
                        true))
                .build();
        CountDownLatch asked = new CountDownLatch(1);
        Guarded guarded = new Guarded(VoiceAgent.builder()
                .config(quiet)
                .guardrail(Guarded.input(text -> {
                    asked.countDown();
                    return Verdict.ALLOW;
                }))
                .build());
        guarded.says("u1", "Hello.");
        guarded.until(() -> asked.getCount() == 0);
        guarded.sends(CREATE);
        guarded.until(() -> !guarded.requests().isEmpty());
        assertThat(guarded.requests()).hasSize(1);
    }

    @Test
    void transcriptsThatComeInSeveralPiecesBeforeAndBehindTheTurnsEnd() {
        Guarded guarded = unless("secret", "No.");
        String completed =
                "{'type':'conversation.item.input_audio_transcription.completed','item_id':'u1','transcript':'Good'}";
        guarded.told(completed);
        guarded.says("u1", "Good evening.");
        guarded.until(() -> guarded.requests().size() == 1);
        guarded.begins(1).audio(1, 100, "a1");
        guarded.says("u1", "Good evening. The secret?");
        guarded.until(() -> Guarded.types(guarded.provider).contains("conversation.item.delete"));
        assertThat(Guarded.types(guarded.provider)).contains("response.cancel");
    }

    @Test
    void nothingIsLeftOfASessionThatEndsMeanwhile() {
        CountDownLatch verdict = new CountDownLatch(1);
        Guarded guarded = afterwards(verdict);
        guarded.sends("{'type':'input_audio_buffer.commit'}", CREATE)
                .says("u1", "Hello.")
                .told("{'type':'input_audio_buffer.committed','item_id':'u2'}");
        guarded.session.handle().disconnect();
        guarded.until(() -> guarded.ended.isPresent() && guarded.lane.waiting() == 0);
        verdict.countDown();
        assertThat(guarded.requests()).isEmpty();
    }
}
