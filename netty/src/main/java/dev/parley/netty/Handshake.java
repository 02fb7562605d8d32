package dev.parley.netty;

import dev.parley.protocol.Bytes;
import dev.parley.transport.HttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules of the WebSocket handshake for both of its halves (RFC 6455 sections 4.1 and 4.2). */
final class Handshake {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;

    private Handshake() {}

    /** The {@code Sec-WebSocket-Accept} that answers a {@code Sec-WebSocket-Key}. */
    static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-1", e);
        }
    }

    /** The answer to a client's request that is wrong (section 4.2.1); null: it is right. */
    static @Nullable HttpResponse requestFault(HttpRequest request) {
        HttpHeaders headers = request.headers();
        if (!request.method().equals(HttpMethod.GET)) {
            return HttpResponse.text(405, "A WebSocket is opened with GET.\n");
        }
        if (request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0) {
            return HttpResponse.text(400, "A WebSocket is opened with HTTP/1.1.\n");
        }
        if (headers.getAll(HttpHeaderNames.HOST).size() != 1) {
            return HttpResponse.text(400, "The header 'Host' must be there, and once.\n");
        }
        if (!headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)) {
            return HttpResponse.text(400, "The header 'Connection: Upgrade' is missing.\n");
        }
        if (!headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_VERSION).equals(List.of("13"))) {
            return new HttpResponse(
                    426,
                    Map.of("upgrade", "websocket", "sec-websocket-version", "13"),
                    Bytes.utf8("Only version 13 of WebSocket is spoken here.\n"));
        }
        List<String> keys = headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_KEY);
        if (keys.size() != 1 || !isKey(keys.getFirst().strip())) {
            return HttpResponse.text(
                    400, "The header 'Sec-WebSocket-Key' must be there once, with 16 bytes in base64.\n");
        }
        return null;
    }

    private static boolean isKey(String key) {
        try {
            return key.endsWith("==") && Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * What is wrong with a server's answer of status 101 (section 4.1); null: nothing. No extension is ever asked for.
     *
     * @param key that was sent
     * @param asked whether a subprotocol was asked for
     */
    static @Nullable String answerFault(io.netty.handler.codec.http.HttpResponse answer, String key, boolean asked) {
        HttpHeaders headers = answer.headers();
        if (answer.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0) {
            return "is of an HTTP older than 1.1";
        }
        if (!HttpHeaderValues.WEBSOCKET.contentEqualsIgnoreCase(headers.get(HttpHeaderNames.UPGRADE, ""))) {
            return "has no 'Upgrade: websocket'";
        }
        if (!headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)) {
            return "has no 'Connection: Upgrade'";
        }
        if (!accept(key).equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT))) {
            return "has a wrong Sec-WebSocket-Accept";
        }
        if (!headers.get(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, "").isBlank()) {
            return "uses an extension that was not asked for";
        }
        if (!asked && headers.contains(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL)) {
            return "names a subprotocol that was not asked for";
        }
        return null;
    }
}
