package dev.parley.browser.inspect;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;

/** The view Inspect, as somebody uses it. */
final class InspectView {
    private final Page page;

    /** The view on the page that is open. */
    InspectView(Page page) {
        this.page = page;
    }

    /** Goes to it by its tab. */
    InspectView show() {
        page.locator(".tabs a[href='#inspect']").click();
        return this;
    }

    /** A part of it by its {@code data-testid}. */
    Locator part(String name) {
        return page.getByTestId(name);
    }

    /** Loads a file that has something in it. */
    InspectView load(Path file) {
        part("load").setInputFiles(file);
        assertThat(page.locator(".inspect .source")).containsText("File " + file.getFileName());
        assertThat(part("log-row").first()).isVisible();
        return this;
    }

    /** Searches in the events. */
    InspectView search(String text) {
        part("log-search").fill(text);
        return this;
    }

    /** Rows of events of a type. */
    Locator rows(String type) {
        return page.locator("[data-testid=log-row][data-type='" + type + "']");
    }

    /** What the strip of numbers says of something. */
    Locator fact(String name) {
        return page.locator("[data-testid=facts] div")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByText(name, new Page.GetByTextOptions().setExact(true))))
                .locator("dd");
    }

    /** What an export writes. */
    Path export() {
        return page.waitForDownload(() -> part("export").click()).path();
    }
}
