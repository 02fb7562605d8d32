package dev.parley.testkit.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A provider's port, whose connections are left to the test. */
final class RawProvider implements AutoCloseable {
    private final ServerSocket listening;

    RawProvider() throws IOException {
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listening.setSoTimeout(10_000);
    }

    /** The address to give to Parley. */
    String baseUrl() {
        return "http://127.0.0.1:" + port() + "/v1";
    }

    int port() {
        return listening.getLocalPort();
    }

    /** The next connection; the handshake has not been read. */
    RawPeer next() throws IOException {
        return new RawPeer(listening.accept(), false);
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
