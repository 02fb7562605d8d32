package dev.parley.browser.talk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import dev.parley.browser.BrowserTest;
import dev.parley.browser.Gateways;
import dev.parley.browser.Gateways.Scripted;
import dev.parley.browser.TalkView;
import dev.parley.browser.Visit;
import dev.parley.testkit.Script;
import dev.parley.testkit.assistant.ScriptedAssistant;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page says and does where there is no microphone, no gateway or no room. */
@BrowserTest
class ConnectionTest {
    private static final Script ASSISTANT =
            new ScriptedAssistant(new ScriptedAssistant.Part("hello", "Good morning to you.", "endless", "{}"));
    /** Chromium tells of requests that fail, by itself. */
    private static final String FAILED = "WebSocket connection|Failed to load resource";

    @ParameterizedTest
    @CsvSource({"NotFoundError,no_microphone", "NotAllowedError,microphone_denied", "NotReadableError,microphone_busy"})
    void withoutAMicrophoneOneMayGoOnByText(String refusal, String code, Visit visit) {
        try (Scripted gateway = Gateways.scripted(ASSISTANT)) {
            visit.microphone().refuse(refusal);
            TalkView talk = new TalkView(visit.open(gateway.url()));
            talk.part("talk-button").click();
            assertThat(talk.notice(code)).isVisible();
            assertThat(visit.wire().open()).isZero();
            visit.page()
                    .getByRole(
                            AriaRole.BUTTON,
                            new com.microsoft.playwright.Page.GetByRoleOptions().setName("Go on by text"))
                    .click();
            talk.awaitState("listening");
            talk.write("Hello");
            assertThat(talk.captions("assistant")).containsText("Good morning to you.");
        }
    }

    @Test
    void anInsecureOriginIsExplained(Visit visit) {
        // Chromium's own remark on a header that means nothing here.
        visit.tolerate("Cross-Origin-Opener-Policy header has been ignored");
        try (Scripted gateway = Gateways.scripted(ASSISTANT, Map.of("PARLEY_ACCESS", "open"))) {
            TalkView talk = new TalkView(visit.open(gateway.url().replace("127.0.0.1", "parley.example")));
            assertThat(visit.page().evaluate("isSecureContext")).isEqualTo(false);
            talk.part("talk-button").click();
            assertThat(talk.notice("insecure_origin")).containsText(Pattern.compile("https|localhost"));
        }
    }

    @Test
    void aMicrophoneThatGoesAwayIsTold(Visit visit) {
        try (Scripted gateway = Gateways.scripted(ASSISTANT)) {
            TalkView talk = new TalkView(visit.open(gateway.url())).begin();
            visit.microphone().unplug();
            assertThat(talk.notice("microphone_lost")).isVisible();
        }
    }

    @Test
    void aGatewayThatIsNotThereIsTold(Visit visit) {
        visit.tolerate(FAILED);
        try (Scripted gateway = Gateways.scripted(ASSISTANT)) {
            TalkView talk = new TalkView(visit.open(gateway.url()));
            assertThat(talk.part("talk-button")).isEnabled();
            gateway.stop();
            talk.part("talk-button").click();
            assertThat(talk.notice("gateway_unreachable")).isVisible();
            visit.until("the microphone is let go", "rig.microphone.live() === 0");
        }
    }

    @Test
    void aGatewayThatComesBackIsFoundAgain(Visit visit) {
        visit.tolerate(FAILED);
        try (Scripted gateway = Gateways.scripted(ASSISTANT)) {
            TalkView talk = new TalkView(visit.open(gateway.url())).begin();
            talk.write("Hello");
            assertThat(talk.captions("assistant")).containsText("Good morning to you.");
            visit.ear().awaitSound(0);
            talk.awaitState("listening");
            gateway.stop();
            talk.awaitState("reconnecting");
            gateway.startAgain();
            talk.awaitState("listening");
            assertThat(talk.captions("user")).hasCount(1);
            assertThat(talk.captions("assistant")).hasCount(1);
            // The new session is told what was said in the old one.
            assertThat(visit.wire().sent("conversation.item.create"))
                    .extracting(sent -> sent.event().toString())
                    .anyMatch(event -> event.contains("Good morning to you."));
            talk.write("Hello again");
            assertThat(talk.captions("assistant")).hasCount(2);
        }
    }

    @Test
    void aFullGatewayIsTold(Visit visit) {
        visit.tolerate(FAILED);
        try (Scripted gateway = Gateways.scripted(ASSISTANT, Map.of("PARLEY_MAX_SESSIONS", "1"))) {
            TalkView talk = new TalkView(visit.open(gateway.url()));
            visit.page().evaluate("window.other = new WebSocket(`ws://${location.host}/v1/realtime`)");
            visit.until("the seat is taken", "other.readyState === 1");
            talk.part("talk-button").click();
            assertThat(talk.notice("gateway_full")).isVisible();
        }
    }

    @Test
    void aKeyIsAskedForWhereOneIsNeeded(Visit visit) {
        visit.tolerate(FAILED);
        try (Scripted gateway = Gateways.scripted(ASSISTANT, Map.of("PARLEY_KEYS", "open-sesame"))) {
            TalkView talk = new TalkView(visit.open(gateway.url()));
            assertThat(talk.part("key")).isVisible();
            assertThat(talk.part("talk-button")).isDisabled();
            talk.part("key").fill("wrong");
            talk.part("key").press("Enter");
            assertThat(talk.part("notice")).containsText("key");
            talk.part("key").fill("open-sesame");
            talk.part("key").press("Enter");
            talk.begin();
            assertThat(visit.page()
                            .evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href])"))
                    .asString()
                    .doesNotContain("open-sesame");
        }
    }

    @Test
    void aProviderWithoutAKeyCannotBeChosen(Visit visit) {
        TalkView talk = new TalkView(visit.open(Gateways.embedded().url()));
        assertThat(talk.part("provider")
                        .locator("option", new com.microsoft.playwright.Locator.LocatorOptions().setHasText("openai")))
                .hasAttribute("disabled", "");
        assertThat(talk.part("settings")).containsText("OPENAI_API_KEY");
    }

    @Test
    void aProviderThatRefusesIsTold(Visit visit) {
        try (Scripted gateway = Gateways.scripted(Script.refuse(401))) {
            TalkView talk = new TalkView(visit.open(gateway.url()));
            talk.part("talk-button").click();
            assertThat(talk.part("notice")).isVisible();
            assertThat(talk.part("notice")).not().containsText("sk-of-no-use");
            talk.awaitState("closed");
        }
    }

    @Test
    void markupStaysText(Visit visit) {
        String markup = "<img src=x onerror=alert(1)> & <b>bold</b>";
        Script script = new ScriptedAssistant(new ScriptedAssistant.Part(markup, markup, "endless", "{}"));
        try (Scripted gateway = Gateways.scripted(script)) {
            TalkView talk = new TalkView(visit.open(gateway.url()));
            talk.write(markup);
            assertThat(talk.captions("user")).containsText(markup);
            assertThat(talk.captions("assistant")).containsText(markup);
            visit.page().navigate(gateway.url() + "#inspect");
            assertThat(visit.page().getByTestId("log-row").first()).isVisible();
            assertThat(visit.page().locator("img[src=x]")).hasCount(0);
        }
    }
}
