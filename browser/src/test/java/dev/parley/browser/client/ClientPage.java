package dev.parley.browser.client;

import com.microsoft.playwright.Page;
import dev.parley.browser.Visit;

/** A page with nothing but the JavaScript client, which is {@code p} there; what it tells is kept in {@code log}. */
final class ClientPage {
    private ClientPage() {}

    /**
     * Opens one, and connects.
     *
     * @param before what the page does first, in JavaScript
     * @param options of the client, in JavaScript
     */
    static void connect(Visit visit, String url, String before, String options) {
        // Served from the class path of the tests: a page that Playwright answers may not connect to this computer.
        Page page = visit.open(url + "console/rig/client.html");
        // Browsers let a page sound once somebody has touched it.
        page.click("button");
        page.evaluate("async () => {" + before + ";"
                + "const { Parley } = await import('/parley.js');"
                + "window.p = new Parley(" + options + ");"
                + "window.log = [];"
                + "for (const name of ['open', 'close', 'error', 'tool', 'turn'])"
                + "  p.on(name, told => log.push({ name, code: told?.code, resumed: told?.resumed }));"
                + "await p.connect(); }");
    }
}
