package dev.parley.transport;

import java.security.Principal;
import java.util.Map;
import java.util.Optional;

/**
 * A client's wish to open a WebSocket, as the gateway sees it before it answers.
 *
 * @param path without the query
 * @param query decoded parameters; of one given twice, the first
 * @param headers names in lower case; several of one name joined by a comma
 * @param remote the client's address, such as {@code 127.0.0.1:50512}
 * @param secure whether the client came over TLS
 * @param principal whom the server has authenticated the client as; empty: it authenticates nobody
 */
public record UpgradeRequest(
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        String remote,
        boolean secure,
        Optional<Principal> principal)
        implements ClientRequest {
    /** A wish of a client whom the server has not authenticated. */
    public UpgradeRequest(
            String path, Map<String, String> query, Map<String, String> headers, String remote, boolean secure) {
        this(path, query, headers, remote, secure, Optional.empty());
    }

    public UpgradeRequest {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }
}
