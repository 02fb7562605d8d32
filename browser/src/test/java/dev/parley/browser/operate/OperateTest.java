package dev.parley.browser.operate;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.parley.browser.BrowserTest;
import dev.parley.browser.Gateways;
import dev.parley.browser.Gateways.Scripted;
import dev.parley.browser.Visit;
import dev.parley.testkit.Script;
import dev.parley.testkit.assistant.ScriptedAssistant;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What whoever runs a gateway sees of it, and can do. */
@BrowserTest
class OperateTest {
    private static final String MARKUP = "<img src=x onerror=\"window.hit = true\"> & <b>bold</b>";
    private static final Script ASSISTANT =
            new ScriptedAssistant(new ScriptedAssistant.Part("hello", MARKUP, "endless", "{}"));
    private static final String KEY = "a-key-that-nobody-guesses-0123456789";
    /** Chromium tells of requests that fail, by itself. */
    private static final String FAILED = "Failed to load resource";

    @BeforeAll
    static void patience() {
        PlaywrightAssertions.setDefaultAssertionTimeout((double) Visit.PATIENCE.toMillis());
    }

    @Test
    void aSessionIsReadSpokenToAndEnded(Visit visit) {
        try (Scripted gateway = Gateways.scripted(ASSISTANT)) {
            OperateView operate = OperateView.open(visit, gateway.url());
            assertThat(operate.way()).hasText("live");
            assertThat(operate.part("session-row")).hasCount(0);
            operate.beginSession();
            operate.part("session-row").getByRole(AriaRole.BUTTON).click();
            operate.part("inject-text").fill("hello <i>there</i>");
            operate.part("inject-send").click();
            assertThat(operate.part("session-transcript")).containsText("hello <i>there</i>");
            assertThat(operate.part("session-transcript")).containsText(MARKUP);
            assertThat(visit.page().evaluate("window.hit === undefined")).isEqualTo(true);
            assertThat(operate.part("session-transcript").locator("img, i")).hasCount(0);

            operate.part("end-session").click();
            operate.button("Keep it").click();
            assertThat(operate.part("session-row")).hasCount(1);
            operate.part("end-session").click();
            operate.part("confirm-yes").click();
            operate.awaitDisconnected();
            assertThat(operate.part("session-detail")).containsText("This session has ended");
            assertThat(operate.part("session-row")).hasCount(0);
        }
    }

    @Test
    void aGatewayThatGoesIsToldAndComesBackByItself(Visit visit) {
        visit.tolerate(FAILED);
        try (Scripted gateway = Gateways.scripted(ASSISTANT)) {
            OperateView operate = OperateView.open(visit, gateway.url());
            assertThat(operate.way()).hasText("live");
            gateway.stop();
            assertThat(operate.part("operate-notice")).containsText("cannot be reached");
            assertThat(operate.part("chart-sessions")).isVisible();
            gateway.startAgain();
            assertThat(operate.way()).hasText("live");
            assertThat(operate.part("operate-notice")).isEmpty();
        }
    }

    @Test
    void theAdminKeyIsAskedForAndKeptOutOfTheAddress(Visit visit) {
        visit.tolerate(FAILED);
        try (Scripted gateway = Gateways.scripted(ASSISTANT, Map.of("PARLEY_ADMIN_KEY", KEY))) {
            OperateView operate = OperateView.open(visit, gateway.url());
            operate.part("admin-key").fill("not that one");
            operate.button("Look at the gateway").click();
            assertThat(visit.page().getByText("The gateway refused that key")).isVisible();
            operate.part("admin-key").fill(KEY);
            operate.button("Look at the gateway").click();
            assertThat(operate.way()).hasText("live");
            assertThat(visit.page().url()).doesNotContain(KEY);
            assertThat(visit.page().evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }])"))
                    .asString()
                    .doesNotContain(KEY);
        }
    }

    @Test
    void fiveHundredSessionsAreSearchedAndSorted(Visit visit) {
        try (Scripted gateway = Gateways.scripted(ASSISTANT)) {
            visit.blank().addInitScript(Resources.text("crowd.js"));
            OperateView operate = OperateView.open(visit, gateway.url());
            assertThat(operate.part("operate-sessions")).hasAttribute("aria-rowcount", "501");
            assertThat(operate.part("session-row").first()).containsText("key-1");
            assertThat(operate.part("session-row").count()).isLessThan(100);
            operate.button("Age").click();
            assertThat(operate.part("session-row").first()).containsText("key-500");
            visit.page().getByPlaceholder("Search").fill("gemini KEY-42");
            // key-42 and the even ones of key-420 to key-429.
            assertThat(operate.part("session-row")).hasCount(6);
        }
    }

    @Test
    void theChartsTellTheirNumbersInWords(Visit visit) {
        try (Scripted gateway = Gateways.scripted(ASSISTANT)) {
            visit.blank().addInitScript(Resources.text("crowd.js"));
            OperateView operate = OperateView.open(visit, gateway.url());
            assertThat(operate.part("chart-added").locator(".plot"))
                    .hasAttribute(
                            "aria-label", "Added by Parley, last 5 minutes: p50 1.50 ms, p95 3.00 ms, p99 4.50 ms");
            assertThat(operate.part("chart-voice").locator("canvas")).isVisible();
            assertThat(operate.part("chart-errors").locator(".legend")).containsText("failed 61");
            assertThat(visit.page().locator(".operate .strip")).containsText("12.3 MB");
            assertThat(visit.page().locator(".operate .strip")).containsText("3 min 20 s");
        }
    }
}
