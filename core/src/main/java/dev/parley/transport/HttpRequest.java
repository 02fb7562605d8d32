package dev.parley.transport;

import dev.parley.protocol.Bytes;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;

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
 * @param principal whom the server has authenticated the client as; empty: it authenticates nobody
 */
public record HttpRequest(
        String method,
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        Bytes body,
        String remote,
        boolean secure,
        Optional<Principal> principal)
        implements ClientRequest {
    /** A request of a client whom the server has not authenticated. */
    public HttpRequest(
            String method,
            String path,
            Map<String, String> query,
            Map<String, String> headers,
            Bytes body,
            String remote,
            boolean secure) {
        this(method, path, query, headers, body, remote, secure, Optional.empty());
    }

    public HttpRequest {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }
}
