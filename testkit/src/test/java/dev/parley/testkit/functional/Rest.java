package dev.parley.testkit.functional;

import dev.parley.protocol.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/** A client of the gateway's REST calls. */
final class Rest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Rest() {}

    static HttpResponse<String> post(Gateway gateway, String path, String body, String... headers)
            throws IOException, InterruptedException {
        return send(gateway, "POST", path, body, headers);
    }

    static HttpResponse<String> send(Gateway gateway, String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static ObjectNode json(HttpResponse<String> response) {
        return Json.parse(response.body().getBytes(StandardCharsets.UTF_8));
    }
}
