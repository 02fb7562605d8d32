package dev.parley.transport;

import java.util.List;
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
 */
public record UpgradeRequest(
        String path, Map<String, String> query, Map<String, String> headers, String remote, boolean secure) {
    public UpgradeRequest {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /** A header by its name in lower case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The subprotocols that the client offers (RFC 6455 section 11.3.4), in its order. */
    public List<String> subprotocols() {
        return header("sec-websocket-protocol").stream()
                .flatMap(list -> List.of(list.split(",")).stream())
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
