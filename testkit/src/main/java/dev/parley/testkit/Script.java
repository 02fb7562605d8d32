package dev.parley.testkit;

import java.io.IOException;

/** What a {@link FakeRealtimeServer} does with one connection; runs on a thread of that connection's own. */
@FunctionalInterface
public interface Script {
    /**
     * Plays the provider. When it returns, the connection stays as it is.
     *
     * @throws IOException if the peer is gone
     */
    void run(FakeConnection connection) throws IOException, InterruptedException;

    /** Accepts, and leaves everything else to the test, through the {@link FakeConnection}. */
    static Script accept() {
        return FakeConnection::accept;
    }

    /** Never answers the handshake. */
    static Script silent() {
        return connection -> {};
    }

    /** Answers the handshake with an HTTP status such as 401. */
    static Script refuse(int status) {
        return connection -> connection.refuse(status);
    }
}
