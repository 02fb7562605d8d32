package dev.parley.transport;

import java.util.function.Function;

/** What plain HTTP routes are mounted on: a server, or a module, for the server that it will start. */
@FunctionalInterface
public interface HttpHost {
    /**
     * Mounts a plain HTTP route; one mounted twice is the later one. A route of {@code GET} answers {@code HEAD}, too.
     *
     * @param method such as {@code GET}
     * @param path such as {@code /metrics}; one that ends in {@code /*} takes every longer path that nothing else takes
     * @param handler called on a virtual thread, so that it may block; asked by whoever reaches the server
     */
    void mountHttp(String method, String path, Function<HttpRequest, HttpResponse> handler);
}
