package dev.parley.benchmarks.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** The HTTP heads that begin a WebSocket. */
public final class Upgrade {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final String KEY = "sec-websocket-key:";

    private Upgrade() {}

    /** What a client asks. */
    public static ByteBuffer request(String host, int port, String path) {
        return ascii("GET " + path + " HTTP/1.1\r\nHost: " + host + ":" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                + "\r\nSec-WebSocket-Key: cGFybGV5J3MgYmVuY2hlcw==\r\nAuthorization: Bearer sk-bench\r\n\r\n");
    }

    /** The answer to a request's head, if it asks for a WebSocket. */
    public static Optional<ByteBuffer> response(String request) {
        return request.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(KEY))
                .findFirst()
                .map(line -> ascii("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade"
                        + "\r\nSec-WebSocket-Accept: "
                        + accept(line.substring(KEY.length()).strip()) + "\r\n\r\n"));
    }

    /** Whether an answer's head agrees. */
    public static boolean agreed(String response) {
        return response.startsWith("HTTP/1.1 101 ");
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
