package dev.parley.browser.client;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route.FulfillOptions;
import dev.parley.browser.Visit;
import java.util.Map;

/** A page with nothing but the JavaScript client, which is {@code p} there; what it tells is kept in {@code log}. */
final class ClientPage {
    private static final String POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'";

    private ClientPage() {}

    /**
     * Opens one, and connects.
     *
     * @param before what the page does first, in JavaScript
     * @param options of the client, in JavaScript
     */
    static void connect(Visit visit, String url, String before, String options) {
        Page page = visit.blank();
        page.route(
                url,
                route -> route.fulfill(new FulfillOptions()
                        .setContentType("text/html")
                        .setHeaders(Map.of("content-security-policy", POLICY))
                        .setBody("<!doctype html><title>Client</title><button>Go</button>")));
        visit.open(url);
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
