package dev.parley.benchmarks.peer;

import dev.parley.benchmarks.wire.Upgrade;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The first session that a relay takes: it is tried again and again until it is there. */
final class FirstSession {
    private static final long NANOS_BETWEEN = 1_000_000;
    private static final int TIMEOUT_MILLIS = 2000;
    private static final String CREATED = "\"session.created\"";

    private FirstSession() {}

    /** Whether a session began now; the socket is closed again. */
    static boolean begins(int port, String path) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.getOutputStream()
                    .write(Upgrade.request("127.0.0.1", port, path).array());
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            byte[] some = new byte[8192];
            for (int n = socket.getInputStream().read(some);
                    n >= 0;
                    n = socket.getInputStream().read(some)) {
                all.write(some, 0, n);
                if (all.toString(StandardCharsets.ISO_8859_1).contains(CREATED)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits a moment before the next try. */
    static void pause() throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(NANOS_BETWEEN);
    }
}
