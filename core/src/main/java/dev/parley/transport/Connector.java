package dev.parley.transport;

import dev.parley.dialect.Dialect;
import dev.parley.lane.Lane;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Opens WebSockets and makes HTTP requests to providers and to other gateways. Found by {@link java.util.ServiceLoader}; parley-netty has one.
 * Safe for use by all threads.
 */
public interface Connector extends AutoCloseable {
    /**
     * Begins to connect. The leg tells {@link LegListener#opened} or {@link LegListener#closed}, later, on the lane.
     *
     * @param dial where to and how
     * @param dialect how the peer writes events
     * @param lane where everything of this connection happens; called on it
     */
    Leg connect(Dial dial, Dialect dialect, Lane lane, LegListener listener);

    /**
     * Makes an HTTP request. Redirects are not followed.
     *
     * @return completes with the answer whatever its status, off all lanes; fails with
     *     {@link dev.parley.RealtimeException.ConnectionFailed} if there is none in time, or if it is too long
     */
    CompletableFuture<HttpResponse> exchange(HttpCall call);

    /** Tells which variables there are, such as {@code PARLEY_TRANSPORT}; called before all else, if at all. */
    default void configure(Map<String, String> environment) {}

    /** A new lane for a connection that belongs to no server's session. */
    Lane newLane();

    /** Closes every connection that is left and frees the threads. */
    @Override
    void close();

    /**
     * Where a connection goes and how long it may take.
     *
     * @param uri {@code ws:} or {@code wss:}; a {@code wss:} peer's certificate and host name are verified
     * @param headers sent with the handshake; their values are never logged
     * @param timeout for the name, the connection, TLS and the handshake together
     * @param maxMessage the longest message taken, in bytes
     * @param idle silence, pongs included, after which the peer is taken for lost; a ping goes out at half of it
     */
    record Dial(URI uri, Map<String, String> headers, Duration timeout, int maxMessage, Duration idle) {
        public Dial {
            headers = Map.copyOf(headers);
        }

        /** The connection in a text without the headers' values, of which one is the key. */
        @Override
        public String toString() {
            return "Dial[host=" + uri.getHost() + ", headers=" + headers.keySet() + ", timeout=" + timeout + "]";
        }
    }
}
