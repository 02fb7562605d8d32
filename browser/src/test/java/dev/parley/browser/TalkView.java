package dev.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** The view Talk, as somebody uses it. */
public final class TalkView {
    private final Page page;

    /** The view on the page that is open. */
    public TalkView(Page page) {
        this.page = page;
    }

    /** A part of it by its {@code data-testid}. */
    public Locator part(String name) {
        return page.getByTestId(name);
    }

    /** Presses the big button, and waits until the conversation has begun. */
    public TalkView begin() {
        part("talk-button").click();
        return awaitState("listening");
    }

    /** Presses the button that ends the conversation. */
    public void end() {
        part("talk-button").click();
        awaitState("closed");
    }

    /** Waits for a state, such as {@code speaking}. */
    public TalkView awaitState(String state) {
        assertThat(part("state")).hasAttribute("data-state", state);
        return this;
    }

    /** Writes something and sends it. */
    public void write(String text) {
        part("text-input").fill(text);
        part("send").click();
    }

    /** The captions of one side, {@code user} or {@code assistant}, oldest first. */
    public Locator captions(String role) {
        return page.locator("[data-testid=caption][data-role=" + role + "]");
    }

    /** What tells that something is wrong, by its code. */
    public Locator notice(String code) {
        return page.locator("[data-testid=notice][data-code=" + code + "]");
    }
}
