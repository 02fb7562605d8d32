package dev.parley.gateway;

import dev.parley.protocol.Bytes;
import dev.parley.transport.HttpRequest;
import dev.parley.transport.HttpResponse;
import dev.parley.transport.OriginPolicy;
import java.util.Map;

/** Answers what a browser asks before a page of another origin may send a request (CORS). */
public final class Preflight {
    private final OriginPolicy origins;

    /** For the pages of these origins. */
    public Preflight(OriginPolicy origins) {
        this.origins = origins;
    }

    /** Answers one request. */
    public HttpResponse answer(HttpRequest request) {
        if (!origins.allows(request)) {
            return HttpResponse.text(403, "This page's origin is not allowed.\n");
        }
        HttpResponse allowed =
                new HttpResponse(204, Map.of("access-control-allow-methods", "GET, POST"), Bytes.utf8(""));
        return CrossOrigin.open(
                request.header("access-control-request-headers")
                        .map(names -> allowed.with("access-control-allow-headers", names))
                        .orElse(allowed),
                request);
    }
}
