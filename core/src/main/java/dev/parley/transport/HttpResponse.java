package dev.parley.transport;

import dev.parley.protocol.Bytes;
import java.util.Map;

/**
 * A plain HTTP response.
 *
 * @param status such as 200
 * @param headers beside content-length, which the server adds
 * @param body as it goes out
 */
public record HttpResponse(int status, Map<String, String> headers, Bytes body) {
    public HttpResponse {
        headers = Map.copyOf(headers);
    }

    /** Plain text in UTF-8. */
    public static HttpResponse text(int status, String text) {
        return new HttpResponse(status, Map.of("content-type", "text/plain; charset=utf-8"), Bytes.utf8(text));
    }
}
