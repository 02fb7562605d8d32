package dev.parley.gateway;

import dev.parley.transport.HttpRequest;
import dev.parley.transport.HttpResponse;

/** What a browser must be told so that a page of another origin, if it is allowed, may use a response (CORS). */
final class CrossOrigin {
    private CrossOrigin() {}

    /** Opens a response to the page that asked; its origin has been checked. */
    static HttpResponse open(HttpResponse response, HttpRequest request) {
        return request.header("origin")
                .map(origin -> response.with("access-control-allow-origin", origin)
                        .with("access-control-expose-headers", "Location")
                        .with("vary", "Origin"))
                .orElse(response);
    }
}
