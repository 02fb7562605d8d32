package dev.parley.browser.views;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Response;
import dev.parley.browser.Accessibility;
import dev.parley.browser.BrowserTest;
import dev.parley.browser.Gateways;
import dev.parley.browser.Look;
import dev.parley.browser.Speech;
import dev.parley.browser.TalkView;
import dev.parley.browser.Visit;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every view during a conversation, in every look. With {@code -Dparley.screenshots=FOLDER} they are photographed, too.
 */
@BrowserTest
class ViewsTest {
    private static final String FOLDER = System.getProperty("parley.screenshots", "");

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "PHONE"})
    void everybodyCanUseThem(Look look, Visit visit) {
        TalkView talk = new TalkView(visit.look(look).open(Gateways.embedded().url()));
        assertThat(talk.part("talk-button")).isEnabled();
        check(visit, look, "idle");
        talk.begin();
        converse(visit, talk);
        check(visit, look, "talk");
        show(visit, "inspect");
        visit.page().getByTestId("log-row").first().click();
        check(visit, look, "inspect");
        show(visit, "operate");
        assertThat(visit.page().getByTestId("session-row")).hasCount(1);
        check(visit, look, "operate");
        show(visit, "talk");
        talk.end();
    }

    /** A sum, a light, and an answer that is stopped. */
    private static void converse(Visit visit, TalkView talk) {
        visit.microphone().say(Speech.of(Speech.SUM));
        assertThat(talk.captions("assistant")).containsText("thirty-six");
        talk.awaitState("speaking").awaitState("listening");
        visit.microphone().say(Speech.of(Speech.LIGHT));
        assertThat(talk.captions("assistant")).hasCount(2);
        talk.awaitState("speaking").awaitState("listening");
        talk.write("What can you do?");
        talk.awaitState("speaking");
        double from = visit.ear().now();
        visit.until("two seconds are heard", "rig.ear.now() > " + from + " + 2");
        visit.page().keyboard().press("Escape");
        assertThat(talk.captions("assistant").last().locator(".unheard")).isVisible();
    }

    private static void show(Visit visit, String view) {
        visit.page().locator("nav a[href='#" + view + "']").click();
        visit.until(view + " is shown", "location.hash === '#" + view + "'");
    }

    /** Checks what is shown, in light and in dark. */
    private static void check(Visit visit, Look light, String name) {
        for (Look look : List.of(light, light == Look.PHONE ? Look.PHONE_DARK : Look.DARK)) {
            visit.look(look);
            Accessibility.check(visit);
            assertThat(visit.number("document.documentElement.scrollWidth - innerWidth"))
                    .as("pixels of %s that stick out of the window, %s", name, look)
                    .isLessThanOrEqualTo(0);
            if (!FOLDER.isEmpty()) {
                String file = name + "-" + look.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".png";
                visit.page().evaluate("() => scrollTo(0, 0)");
                visit.page().screenshot(new ScreenshotOptions().setPath(Path.of(FOLDER, file)));
            }
        }
        visit.look(light);
    }

    @Test
    void onlyThisServerMayBeAsked(Visit visit) {
        Page page = visit.blank();
        Response response = page.waitForResponse(
                Gateways.embedded().url(), () -> visit.open(Gateways.embedded().url()));
        assertThat(response.headerValue("content-security-policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.title()).contains("Talk");
    }
}
