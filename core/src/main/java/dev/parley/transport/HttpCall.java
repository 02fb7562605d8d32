package dev.parley.transport;

import dev.parley.protocol.Bytes;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * A plain HTTP request to a provider.
 *
 * @param method such as {@code POST}
 * @param uri {@code http:} or {@code https:}; an {@code https:} server's certificate and host name are verified
 * @param headers sent with it; their values are never logged
 * @param body empty: none
 * @param timeout for the connection and the whole answer together
 * @param maxBody the longest answer taken, in bytes
 */
public record HttpCall(String method, URI uri, Map<String, String> headers, Bytes body, Duration timeout, int maxBody) {
    public HttpCall {
        headers = Map.copyOf(headers);
    }

    /** The request in a text without the headers' values and the body. */
    @Override
    public String toString() {
        return "HttpCall[method=" + method + ", host=" + uri.getHost() + ", headers=" + headers.keySet() + "]";
    }
}
