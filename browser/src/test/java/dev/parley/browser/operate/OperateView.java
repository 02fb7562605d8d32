package dev.parley.browser.operate;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.parley.browser.Visit;
import java.util.regex.Pattern;

/** The view Operate in a page, by the parts that it is made of. */
final class OperateView {
    private final Visit visit;
    private final Page page;

    private OperateView(Visit visit) {
        this.visit = visit;
        this.page = visit.page();
    }

    /** Opens it at a gateway. */
    static OperateView open(Visit visit, String url) {
        visit.open(url + "#operate");
        return new OperateView(visit);
    }

    Locator part(String name) {
        return page.getByTestId(name);
    }

    /** Whether the gateway is heard: {@code live}, {@code not reached}, {@code locked}. */
    Locator way() {
        return page.locator(".operate .way");
    }

    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^" + name)));
    }

    /** Opens a session at the gateway, as a client does, from the page. */
    void beginSession() {
        page.evaluate("""
                () => new Promise((opened, failed) => {
                  const url = new URL('/v1/realtime?model=gpt-realtime', location.href);
                  url.protocol = 'ws:';
                  window.client = new WebSocket(url);
                  client.onopen = () => opened();
                  client.onerror = () => failed(new Error('no session'));
                  client.onclose = () => { window.clientClosed = true; };
                })""");
    }

    /** Waits until the client of that session has been disconnected. */
    void awaitDisconnected() {
        visit.until("the client is disconnected", "window.clientClosed");
    }
}
