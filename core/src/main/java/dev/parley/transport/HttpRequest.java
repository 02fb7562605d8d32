package dev.parley.transport;

import dev.parley.protocol.Bytes;
import java.util.Map;

/**
 * A plain HTTP request.
 *
 * @param method such as {@code GET}
 * @param path without the query
 * @param query decoded parameters; of one given twice, the first
 * @param headers names in lower case; several of one name joined by a comma
 * @param body as it came, at most 1 MiB
 * @param remote the client's address
 * @param secure whether the client came over TLS
 */
public record HttpRequest(
        String method,
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        Bytes body,
        String remote,
        boolean secure)
        implements ClientRequest {
    public HttpRequest {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }
}
