package dev.parley.transport;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The seam to whatever accepts clients: Netty, an application's own web server, the test kit's memory. Routes are
 * mounted before or after {@link #start}; mounting one path twice replaces the first. Safe for use by all threads.
 */
public interface RealtimeServer extends HttpHost, AutoCloseable {
    /**
     * Mounts a WebSocket.
     *
     * @param admission decides on each upgrade; called on an I/O thread, which it must not block
     */
    void mountWebSocket(SocketRoute route, Function<UpgradeRequest, CompletionStage<Admission>> admission);

    /**
     * Begins to accept clients.
     *
     * @throws dev.parley.RealtimeException if the address cannot be had; the text says which and why
     */
    InetSocketAddress start();

    /** Stops accepting clients; sockets that are open stay so until {@link #close}. */
    void stopAccepting();

    /** Ends every socket that is left and frees address and threads. */
    @Override
    void close();

    /**
     * Where a WebSocket is mounted.
     *
     * @param path such as {@code /realtime}
     * @param maxMessage the longest message taken from a client, in bytes
     * @param idle silence, pongs included, after which a client is taken for lost; a ping goes out at half of it
     * @param farewell how long a client that has not read all it was sent may take to answer a close
     */
    record SocketRoute(String path, int maxMessage, Duration idle, Duration farewell) {}
}
