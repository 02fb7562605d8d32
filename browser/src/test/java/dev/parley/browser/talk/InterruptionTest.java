package dev.parley.browser.talk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.browser.BrowserTest;
import dev.parley.browser.Gateways;
import dev.parley.browser.Gateways.Scripted;
import dev.parley.browser.Heard;
import dev.parley.browser.Speech;
import dev.parley.browser.TalkView;
import dev.parley.browser.Visit;
import dev.parley.browser.Wire.Passed;
import dev.parley.testkit.assistant.ScriptedAssistant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Speaking over an answer of 12 s, all of which the page already has: measured at the loudspeaker. */
@BrowserTest
class InterruptionTest {
    private static final Scripted GATEWAY = Gateways.scripted(new ScriptedAssistant(
            new ScriptedAssistant.Part("something short", "word ".repeat(60).strip() + ".", "endless", "{}")));

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    private static TalkView speaking(Visit visit) {
        TalkView talk = new TalkView(visit.open(GATEWAY.url()));
        talk.begin();
        talk.write("Go on.");
        visit.ear().awaitSound(0);
        visit.until("a second is heard", "rig.ear.recorded() > 0 && rig.heardFor(1)");
        return talk;
    }

    /** The stop, as the ear heard it: how long after a time it came, and what the model was told was heard. */
    private static void checkStop(Visit visit, double stopAt) {
        visit.wire().awaitSent("conversation.item.truncate", 1);
        visit.until("the stop is recorded", "rig.ear.recorded() > " + stopAt + " + 0.5");
        Heard heard = visit.ear().all().between(0, stopAt + 0.5);
        double end = heard.end();
        assertThat((end - stopAt) * 1000).as("ms until silence").isLessThan(50);
        List<Passed> truncations = visit.wire().sent("conversation.item.truncate");
        assertThat(truncations).hasSize(1);
        assertThat(truncations.getFirst().event().path("audio_end_ms").asDouble())
                .isCloseTo((end - heard.onset()) * 1000, within(60.0));
        // The tone of a word rises by at most 0.008 a sample; a stop without a fade would jump by up to 0.06.
        assertThat(heard.largestStep()).isLessThan(0.02);
    }

    @Test
    void speechStopsTheAnswer(Visit visit) {
        TalkView talk = speaking(visit);
        visit.microphone().say(Speech.tone(700));
        visit.wire().awaitReceived("input_audio_buffer.speech_started", 1);
        Passed started =
                visit.wire().received("input_audio_buffer.speech_started").getFirst();
        checkStop(visit, started.audioTime());
        assertThat(talk.captions("assistant").first()).containsText("interrupted");
        assertThat(talk.captions("assistant").first().locator(".unheard")).containsText("word");
        assertThat(talk.captions("assistant").first().locator("p").first()).containsText("word");
    }

    @Test
    void escapeStopsTheAnswer(Visit visit) {
        TalkView talk = speaking(visit);
        visit.page().evaluate("addEventListener('keydown', () => { window.pressed = rig.ear.now(); }, true)");
        visit.page().keyboard().press("Escape");
        visit.until("pressed", "window.pressed");
        checkStop(visit, visit.number("window.pressed"));
        assertThat(talk.captions("assistant").first().locator(".unheard")).containsText("word");
    }

    @Test
    void theWholeAnswerIsPlayedWithoutGaps(Visit visit) {
        TalkView talk = new TalkView(visit.open(GATEWAY.url()));
        talk.write("Go on.");
        visit.ear().awaitSound(0);
        talk.awaitState("listening");
        visit.ear().awaitSilence(400);
        Heard heard = visit.ear().all();
        // Each word is 200 ms of a tone.
        assertThat(heard.loud(20))
                .singleElement()
                .satisfies(span -> assertThat(span.millis()).isCloseTo(12_000, within(30.0)));
        assertThat(heard.largestStep()).isLessThan(0.02);
    }
}
