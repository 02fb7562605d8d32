package dev.parley.transport;

import dev.parley.protocol.Bytes;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A plain HTTP response.
 *
 * @param status such as 200
 * @param headers beside those that tell the body's length, which the server adds
 * @param body as it goes out; empty where there is a stream
 * @param stream what writes the body while it comes to be; empty: the body is all there is
 */
public record HttpResponse(int status, Map<String, String> headers, Bytes body, Optional<HttpStream> stream) {
    private static final Bytes NOTHING = Bytes.of(new byte[0]);

    public HttpResponse {
        headers = Map.copyOf(headers);
    }

    /** A response whose body is there. */
    public HttpResponse(int status, Map<String, String> headers, Bytes body) {
        this(status, headers, body, Optional.empty());
    }

    /** A response whose body is written while it comes to be. */
    public static HttpResponse streamed(int status, Map<String, String> headers, HttpStream stream) {
        return new HttpResponse(status, headers, NOTHING, Optional.of(stream));
    }

    /** A JSON object. */
    public static HttpResponse json(int status, ObjectNode object) {
        return new HttpResponse(status, Map.of("content-type", "application/json"), Json.write(object));
    }

    /** An error in the form of OpenAI's REST API. */
    public static HttpResponse error(int status, ErrorDetail error) {
        HttpResponse response = json(status, error.body());
        return status == 401 ? response.with("www-authenticate", "Bearer") : response;
    }

    /** The answer to a plain request for what is a WebSocket (RFC 9110 section 15.5.22). */
    public static HttpResponse upgradeRequired(String path) {
        return text(426, path + " is a WebSocket; connect to it with ws or wss.\n")
                .with("upgrade", "websocket");
    }

    /** This response with one header more. */
    public HttpResponse with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new HttpResponse(status, more, body, stream);
    }

    /** Plain text in UTF-8. */
    public static HttpResponse text(int status, String text) {
        return new HttpResponse(status, Map.of("content-type", "text/plain; charset=utf-8"), Bytes.utf8(text));
    }
}
