package dev.parley.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A provider's server for tests: takes WebSocket connections on loopback and does with each what a {@link Script} says,
 * broken things included. Its WebSocket is its own and shares nothing with Parley's.
 */
public final class FakeRealtimeServer implements AutoCloseable {
    private final ServerSocket listening;
    private final Script script;
    private final List<FakeConnection> connections = new CopyOnWriteArrayList<>();
    private final BlockingQueue<FakeConnection> arrived = new LinkedBlockingQueue<>();

    private FakeRealtimeServer(Script script) throws IOException {
        this.script = script;
        this.listening = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    }

    /** A server that is listening on a free port. */
    public static FakeRealtimeServer start(Script script) {
        try {
            FakeRealtimeServer server = new FakeRealtimeServer(script);
            Thread.ofVirtual().name("fake-provider").start(server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The base URL to give to Parley as {@code OPENAI_BASE_URL}. */
    public String baseUrl() {
        return "http://127.0.0.1:" + listening.getLocalPort() + "/v1";
    }

    /** Every connection so far, in the order in which they came; those that ended, too. */
    public List<FakeConnection> connections() {
        return connections;
    }

    /** How many connections are open. */
    public long open() {
        return connections.stream().filter(FakeConnection::open).count();
    }

    /**
     * The next connection that has not been taken yet.
     *
     * @throws AssertionError if none comes in time
     */
    public FakeConnection next(Duration timeout) {
        try {
            FakeConnection connection = arrived.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (connection == null) {
                throw new AssertionError("no connection came within " + timeout);
            }
            return connection;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                socket.setTcpNoDelay(true);
                FakeConnection connection = new FakeConnection(socket);
                connections.add(connection);
                arrived.add(connection);
                Thread.ofVirtual().name("fake-connection").start(() -> serve(connection));
            } catch (IOException e) {
                return; // Closed.
            }
        }
    }

    private void serve(FakeConnection connection) {
        try {
            script.run(connection);
        } catch (IOException e) {
            connection.vanish(); // The peer is gone; tests see that as open() turning false.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        connections.forEach(FakeConnection::vanish);
    }
}
