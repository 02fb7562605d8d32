package dev.parley.testkit.guardrail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.guardrail.Verdict;
import dev.parley.protocol.Event;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Guardrails on what the model says. */
class OutputTest {
    private static final String LONG = "This is a sentence of some length that says nothing at all.";

    private static Guarded.Check unless(String word, String say) {
        return text -> text.contains(word) ? Verdict.block(say) : Verdict.ALLOW;
    }

    private static String text(Event event) {
        return event.wire().text(0, event.wire().length());
    }

    @Test
    void whatWaitsForASlowVerdictLeavesInOrderAndUnchanged() {
        CountDownLatch verdict = new CountDownLatch(1);
        Guarded guarded = Guarded.by(Guarded.output(text -> {
            verdict.await();
            return Verdict.ALLOW;
        }));
        guarded.begins(1).words(1, LONG).audio(1, 100, "a1").audio(1, 100, "a2");
        guarded.transcribed(1, LONG).done(1, "completed", LONG);
        guarded.told("{'type':'rate_limits.updated'}");
        assertThat(guarded.heard()).isEmpty();
        assertThat(Guarded.types(guarded.client))
                .doesNotContain("response.output_audio_transcript.delta", "response.done")
                .contains("rate_limits.updated");
        verdict.countDown();
        guarded.until("response.done");
        assertThat(Guarded.types(guarded.client))
                .containsExactly(
                        "response.created",
                        "response.output_item.added",
                        "conversation.item.added",
                        "rate_limits.updated",
                        "response.output_audio_transcript.delta",
                        "response.output_audio.delta",
                        "response.output_audio.delta",
                        "response.output_audio.done",
                        "response.output_audio_transcript.done",
                        "response.done");
        assertThat(guarded.heard()).containsExactly("a1", "a2");
        assertThat(text(guarded.client.sent().get(5))).isEqualTo(Guarded.audioOf(1, 100, "a1"));
        assertThat(guarded.client.unflushed()).isFalse();
        assertThat(guarded.budget.used()).isZero();
        assertThat(guarded.requests()).isEmpty();
    }

    @Test
    void anAnswerThatIsAsLongAsItMayBeIsHeardAsFarAsItGoes() {
        CountDownLatch verdict = new CountDownLatch(1);
        Guarded guarded = Guarded.by(Guarded.output(text -> {
            verdict.await();
            return Verdict.ALLOW;
        }));
        guarded.begins(1).words(1, "This is fine.").audio(1, 100, "a1");
        guarded.transcribed(1, "This is fine.").done(1, "incomplete", "This is fine.");
        assertThat(guarded.heard()).isEmpty();
        verdict.countDown();
        guarded.until(() -> guarded.heard().contains("a1"));
    }

    @Test
    void nothingOfABlockedAnswerIsRetrieved() {
        Guarded guarded =
                Guarded.by(Guarded.output(text -> text.contains("secret") ? new Verdict.Block("") : Verdict.ALLOW));
        guarded.begins(1).words(1, "This is fine.").audio(1, 100, "a1");
        guarded.until(() -> guarded.heard().contains("a1"));
        guarded.words(1, " The secret is out.");
        guarded.until(() -> !Guarded.seen(guarded.provider, "response.cancel").isEmpty());
        guarded.done(1, "cancelled", "This is fine. The secret is out.");
        guarded.told(
                "{'type':'conversation.item.retrieved','item':{'id':'i1','type':'message','role':'assistant','content':[{'type':'output_audio','transcript':'This is fine. The secret is out.'}]}}");
        assertThat(guarded.all()).doesNotContain("secret").contains("blocked_by_guardrail");
    }

    @Test
    void nothingBehindTheLastAllowedWordIsHeard() {
        List<String> asked = new CopyOnWriteArrayList<>();
        Guarded guarded = Guarded.by(Guarded.output(text -> {
            asked.add(text);
            return unless("secret", "Let us talk of something else.").of(text);
        }));
        guarded.begins(1).audio(1, 50, "a1").words(1, "This is fine.");
        guarded.until(() -> guarded.heard().contains("a1"));
        guarded.audio(1, 5_000, "a2").words(1, " The secret");
        guarded.audio(1, 100, "a3").words(1, " is out.");
        guarded.until(() -> Guarded.types(guarded.provider).contains("response.cancel"));
        guarded.audio(1, 100, "a4").words(1, " Really.");
        guarded.transcribed(1, "This is fine. The secret is out. Really.")
                .done(1, "cancelled", "This is fine. The secret is out. Really.");
        assertThat(guarded.heard()).containsExactly("a1");
        assertThat(guarded.all())
                .contains("This is fine.")
                .doesNotContain("secret")
                .doesNotContain("Really");
        assertThat(Guarded.seen(guarded.client, "response.done")).hasSize(1);
        assertThat(Guarded.seen(guarded.client, "response.done")
                        .getFirst()
                        .at("/response/output/0/content/0/transcript")
                        .asString())
                .isEqualTo("This is fine.");
        assertThat(guarded.requests()).hasSize(1);
        assertThat(guarded.requests().getFirst().path("instructions").asString())
                .endsWith("Let us talk of something else.");
        assertThat(asked.getFirst()).isEqualTo("This is fine.");
        assertThat(guarded.budget.used()).isZero();

        guarded.begins(2).words(2, "Let us talk of something else.").audio(2, 100, "b1");
        guarded.transcribed(2, "Let us talk of something else.").done(2, "completed", "Let us talk of something else.");
        assertThat(guarded.heard()).containsExactly("a1", "b1");
        assertThat(asked).noneMatch(text -> text.contains("Let us"));
    }

    @Test
    void audioThatComesBehindItsWordsLeavesAsFarAsTheyCanReach() {
        Guarded guarded = Guarded.by(Guarded.output(unless("never", "")));
        guarded.begins(1).words(1, "One two three four five.");
        guarded.until(() -> guarded.all().contains("five"));
        // 19 letters take 760 ms at the very least.
        guarded.audio(1, 400, "a1").audio(1, 300, "a2").audio(1, 300, "a3");
        assertThat(guarded.heard()).containsExactly("a1", "a2");
        guarded.words(1, " Six.");
        guarded.until(() -> guarded.heard().contains("a3"));
        guarded.audio(1, 3_000, "a4");
        assertThat(guarded.heard()).doesNotContain("a4");
        guarded.transcribed(1, "One two three four five. Six.").done(1, "completed", "One two three four five. Six.");
        assertThat(guarded.heard()).containsExactly("a1", "a2", "a3", "a4");
    }

    @Test
    void aBlockedAnswerOfWhichNothingWasHeardIsTakenOutOfTheConversation() {
        Guarded guarded = Guarded.by(Guarded.output(unless("secret", "")));
        guarded.begins(1).audio(1, 100, "a1").words(1, "A secret.");
        guarded.until(() -> Guarded.types(guarded.provider).contains("response.cancel"));
        guarded.done(1, "cancelled", "A secret.");
        assertThat(Guarded.seen(guarded.provider, "conversation.item.delete"))
                .singleElement()
                .satisfies(event -> assertThat(event.path("item_id").asString()).isEqualTo("i1"));
        String id = Guarded.seen(guarded.provider, "conversation.item.delete")
                .getFirst()
                .path("event_id")
                .asString();
        guarded.told(
                "{'type':'error','error':{'type':'invalid_request_error','event_id':'" + id + "'}}",
                "{'type':'conversation.item.retrieved','item':{'id':'i1','content':[{'transcript':'A secret.'}]}}");
        assertThat(guarded.heard()).isEmpty();
        assertThat(guarded.all()).doesNotContain("secret");
        assertThat(Guarded.seen(guarded.client, "error"))
                .singleElement()
                .satisfies(
                        error -> assertThat(error.at("/error/code").asString()).isEqualTo("blocked_by_guardrail"));
        assertThat(guarded.requests()).isEmpty();
    }

    @Test
    void anAnswerThatHasEndedBeforeItsVerdictIsCutOffAllTheSame() {
        CountDownLatch verdict = new CountDownLatch(1);
        Guarded guarded = Guarded.by(Guarded.output(text -> {
            verdict.await();
            return Verdict.block("No.");
        }));
        guarded.begins(1).words(1, LONG).audio(1, 100, "a1");
        guarded.transcribed(1, LONG).done(1, "completed", LONG);
        verdict.countDown();
        guarded.until("response.done");
        assertThat(guarded.heard()).isEmpty();
        assertThat(guarded.all()).doesNotContain("sentence");
        assertThat(Guarded.seen(guarded.client, "response.done")
                        .getFirst()
                        .at("/response/status_details/reason")
                        .asString())
                .isEqualTo("content_filter");
        assertThat(Guarded.types(guarded.provider)).doesNotContain("response.cancel");
        assertThat(guarded.requests()).hasSize(1);
    }

    @Test
    void aGuardrailThatFailsOrHangsBlocks() {
        for (Guarded.Check check : List.<Guarded.Check>of(
                text -> {
                    throw new IllegalStateException(text);
                },
                text -> {
                    throw new StackOverflowError();
                },
                text -> {
                    new CountDownLatch(1).await();
                    return Verdict.ALLOW;
                })) {
            Guarded guarded = Guarded.by(Guarded.output(check));
            guarded.begins(1).words(1, LONG).audio(1, 100, "a1");
            guarded.until(() -> {
                guarded.lane.advance(Duration.ofSeconds(1));
                return Guarded.types(guarded.provider).contains("response.cancel");
            });
            guarded.done(1, "cancelled", LONG);
            guarded.until(() -> !guarded.requests().isEmpty());
            assertThat(guarded.requests().getFirst().path("instructions").asString())
                    .endsWith("I am sorry, I cannot answer that.");
            assertThat(guarded.heard()).isEmpty();
            assertThat(guarded.all()).doesNotContain("sentence");
        }
    }

    @Test
    void answersThatAreBlockedAgainAndAgainAreNotApologisedForWithoutEnd() {
        Guarded guarded = Guarded.by(Guarded.output(text -> Verdict.block("Sorry.")));
        for (int i = 1; i <= 5; i++) {
            int cancels = i;
            guarded.begins(i).words(i, "The model says what it likes.");
            guarded.until(
                    () -> Guarded.seen(guarded.provider, "response.cancel").size() == cancels);
            guarded.done(i, "cancelled", "The model says what it likes.");
        }
        assertThat(guarded.requests()).hasSize(2);
    }

    @Test
    void moreThanMayWaitIsCutOff() {
        Guarded guarded = Guarded.by(Guarded.output(text -> {
            new CountDownLatch(1).await();
            return Verdict.ALLOW;
        }));
        guarded.begins(1).words(1, LONG);
        for (int i = 0; i < 40; i++) {
            guarded.audio(1, 1_000, "a" + i);
            assertThat(guarded.budget.used()).isLessThanOrEqualTo(2 << 20);
        }
        assertThat(Guarded.types(guarded.provider)).contains("response.cancel");
        assertThat(guarded.heard()).isEmpty();
        assertThat(guarded.budget.used()).isZero();
        guarded.done(1, "cancelled", LONG);
        guarded.until(() -> !guarded.requests().isEmpty());
    }

    @Test
    void audioWithoutWordsIsCutOffSinceNobodyCanBeAskedAboutIt() {
        Guarded guarded = Guarded.by(Guarded.output(text -> Verdict.ALLOW));
        guarded.begins(1).audio(1, 100, "a1").transcribed(1, "");
        guarded.until(() -> Guarded.types(guarded.provider).contains("response.cancel"));
        assertThat(guarded.heard()).isEmpty();
    }

    @Test
    void fewWordsAreAskedAboutWhenNoMoreCome() {
        Guarded guarded = Guarded.by(Guarded.output(text -> Verdict.ALLOW));
        guarded.begins(1).words(1, "Well");
        assertThat(guarded.all()).doesNotContain("Well");
        guarded.lane.advance(Duration.ofMillis(300));
        guarded.until("response.output_audio_transcript.delta");
    }

    @Test
    void aVerdictAfterTheEndChangesNothing() {
        CountDownLatch verdict = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch given = new CountDownLatch(1);
        Guarded guarded = Guarded.by(Guarded.output(text -> {
            asked.countDown();
            try {
                verdict.await();
            } finally {
                given.countDown();
            }
            return Verdict.ALLOW;
        }));
        guarded.begins(1).words(1, LONG).audio(1, 100, "a1");
        // Nobody is asked any more once the session has ended.
        guarded.until(() -> asked.getCount() == 0);
        guarded.session.handle().disconnect();
        guarded.until(() -> guarded.ended.isPresent() && given.getCount() == 0);
        assertThat(guarded.heard()).isEmpty();
        assertThat(guarded.budget.used()).isZero();
        guarded.until(() -> guarded.lane.waiting() == 0);
    }

    @Test
    void whatIsWrittenIsJudgedAsWhatIsSaid() {
        Guarded guarded = Guarded.by(Guarded.output(unless("secret", "")));
        guarded.begins(1)
                .told(
                        "{'type':'response.output_text.delta','response_id':'r1','item_id':'i1','content_index':0,'delta':'Fine. '}");
        guarded.until("response.output_text.delta");
        guarded.told(
                "{'type':'response.output_text.done','response_id':'r1','item_id':'i1','content_index':0,'text':'Fine. A secret'}");
        guarded.until(() -> Guarded.types(guarded.provider).contains("response.cancel"));
        guarded.done(1, "cancelled", "Fine. A secret");
        assertThat(guarded.all()).doesNotContain("secret");
    }

    @Test
    void aResponseOutsideTheConversationIsJudgedAndCancelledByItsId() {
        Guarded guarded = Guarded.by(Guarded.output(unless("secret", "")));
        guarded.told("{'type':'response.created','response':{'id':'r9','conversation_id':null,'output':[]}}");
        guarded.words(9, "A secret.");
        guarded.until(() -> Guarded.types(guarded.provider).contains("response.cancel"));
        assertThat(Guarded.seen(guarded.provider, "response.cancel")
                        .getFirst()
                        .path("response_id")
                        .asString())
                .isEqualTo("r9");
        assertThat(guarded.all()).doesNotContain("secret");
    }
}
