package dev.parley.transport;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What every request of a client has, be it for a WebSocket or plain HTTP. */
public interface ClientRequest {
    /** Decoded parameters; of one given twice, the first. */
    Map<String, String> query();

    /** Headers by their names in lower case; several of one name joined by a comma. */
    Map<String, String> headers();

    /** The client's address, such as {@code 127.0.0.1:50512}. */
    String remote();

    /** Whether the client came over TLS. */
    boolean secure();

    /** Whom the server has authenticated the client as; empty: nobody, or it authenticates none. */
    default Optional<Principal> principal() {
        return Optional.empty();
    }

    /** A header by its name in lower case. */
    default Optional<String> header(String name) {
        return Optional.ofNullable(headers().get(name));
    }

    /** The subprotocols that the client offers (RFC 6455 section 11.3.4), in its order. */
    default List<String> subprotocols() {
        return header("sec-websocket-protocol").stream()
                .flatMap(list -> List.of(list.split(",")).stream())
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** Whether the client is on this machine. */
    default boolean loopback() {
        return Loopback.ADDRESS.matcher(remote()).matches();
    }

    /** How an address of this machine is written. */
    final class Loopback {
        private static final Pattern ADDRESS = Pattern.compile("\\[?(127\\.|0:0:0:0:0:0:0:1[%\\]:]|::1[%\\]:]).*");

        private Loopback() {}
    }
}
