package dev.parley.transport;

import java.util.Map;

/**
 * A client's wish to open a WebSocket, as the gateway sees it before it answers.
 *
 * @param path without the query
 * @param query decoded parameters; of one given twice, the first
 * @param headers names in lower case; several of one name joined by a comma
 * @param remote the client's address, such as {@code 127.0.0.1:50512}
 * @param secure whether the client came over TLS
 */
public record UpgradeRequest(
        String path, Map<String, String> query, Map<String, String> headers, String remote, boolean secure)
        implements ClientRequest {
    public UpgradeRequest {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }
}
