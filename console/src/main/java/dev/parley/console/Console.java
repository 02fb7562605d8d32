package dev.parley.console;

import dev.parley.RealtimeModule;
import dev.parley.transport.HttpHost;

/**
 * The console: pages on which one talks to a gateway, sees all that happens in a conversation, and looks after the
 * sessions of others. It is made of files that a browser needs nothing else for; what the pages read and do goes through
 * the gateway's own doors.
 *
 * <p>At {@code /} is the console, at {@code /parley.js} the JavaScript client that it is made with, which pages of other
 * origins may import, too. Safe for use by all threads.
 */
public final class Console {
    private final RealtimeModule module;

    /** The console of a module's gateway. */
    public Console(RealtimeModule module) {
        this.module = module;
    }

    /** Mounts the pages. On the module itself, to be called before it listens. */
    public void mount(HttpHost host) {
        Pages pages = new Pages();
        host.mountHttp("GET", "/", request -> pages.answer("index.html", request));
        host.mountHttp("GET", "/parley.js", request -> pages.library("parley.js", request));
        host.mountHttp("GET", "/parley.d.ts", request -> pages.library("parley.d.ts", request));
        host.mountHttp(
                "GET", "/console/*", request -> pages.answer(request.path().substring("/console/".length()), request));
        host.mountHttp("GET", "/console/options", module.gateway()::choices);
    }
}
