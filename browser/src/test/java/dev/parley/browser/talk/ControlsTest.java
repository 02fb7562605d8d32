package dev.parley.browser.talk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Keyboard;
import dev.parley.browser.BrowserTest;
import dev.parley.browser.Gateways;
import dev.parley.browser.Gateways.Scripted;
import dev.parley.browser.Look;
import dev.parley.browser.Speech;
import dev.parley.browser.TalkView;
import dev.parley.browser.Visit;
import dev.parley.testkit.assistant.ScriptedAssistant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The keys, push-to-talk and mute. */
@BrowserTest
class ControlsTest {
    private static final Scripted GATEWAY = Gateways.scripted(
            new ScriptedAssistant(new ScriptedAssistant.Part("hello", "Good morning to you.", "endless", "{}")));

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @Test
    void theSpaceBarIsHeldToTalk(Visit visit) {
        TalkView talk = new TalkView(visit.open(GATEWAY.url()));
        assertThat(talk.part("talk-button")).isEnabled();
        talk.part("turn-detection").selectOption("none");
        talk.part("talk-button").focus();
        Keyboard keys = visit.page().keyboard();
        keys.press("Enter");
        talk.awaitState("listening");
        keys.down(" ");
        talk.awaitState("hearing");
        visit.microphone().say(Speech.tone(600));
        visit.microphone().awaitSilence();
        keys.up(" ");
        visit.wire().awaitSent("input_audio_buffer.commit", 1);
        visit.wire().awaitSent("response.create", 1);
        assertThat(talk.captions("user")).containsText("hello");
        assertThat(talk.captions("assistant")).containsText("Good morning to you.");
        visit.ear().awaitSound(0);
        // In the text box a space is a space.
        talk.part("text-input").focus();
        keys.press(" ");
        assertThat(talk.part("text-input")).hasValue(" ");
        assertThat(visit.wire().sent("input_audio_buffer.commit")).hasSize(1);
    }

    @Test
    void theKeyboardAloneIsEnough(Visit visit) {
        TalkView talk = new TalkView(visit.open(GATEWAY.url()));
        assertThat(talk.part("talk-button")).isEnabled();
        Keyboard keys = visit.page().keyboard();
        for (int i = 0; i < 30 && !focused(visit, "talk-button"); i++) {
            keys.press("Tab");
        }
        keys.press("Enter");
        talk.awaitState("listening");
        for (int i = 0; i < 40 && !focused(visit, "text-input"); i++) {
            keys.press("Tab");
        }
        keys.type("Hello");
        keys.press("Enter");
        assertThat(talk.captions("assistant")).containsText("Good morning to you.");
    }

    private static boolean focused(Visit visit, String part) {
        return part.equals(visit.page().evaluate("document.activeElement.dataset.testid ?? ''"));
    }

    @Test
    void whoeverIsMutedIsNotHeard(Visit visit) {
        TalkView talk = new TalkView(visit.open(GATEWAY.url())).begin();
        talk.part("mute").click();
        assertThat(talk.part("mute")).hasAttribute("aria-pressed", "true");
        visit.microphone().say(Speech.tone(600));
        visit.microphone().awaitSilence();
        talk.part("mute").click();
        assertThat(visit.wire().received("input_audio_buffer.speech_started")).isEmpty();
        visit.microphone().say(Speech.tone(600));
        visit.wire().awaitReceived("input_audio_buffer.speech_started", 1);
    }

    @Test
    void theButtonIsInSightWhenThePageBecomesNarrow(Visit visit) {
        TalkView talk = new TalkView(visit.open(GATEWAY.url()));
        assertThat(talk.part("settings")).isVisible();
        visit.look(Look.PHONE);
        assertThat(talk.part("talk-button")).isInViewport();
    }
}
