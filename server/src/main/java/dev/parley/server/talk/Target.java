package dev.parley.server.talk;

import dev.parley.server.CommandException;
import dev.parley.server.Environment;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a call goes.
 *
 * @param uri a WebSocket
 * @param key a bearer token; null: none is sent
 */
record Target(URI uri, @Nullable String key) {
    /** The gateway of an address; where that has no path, {@code /v1/realtime}. OpenAI itself gets the user's key. */
    static Target of(String url, Optional<String> model, Environment environment) {
        URI uri = parse(url);
        String path = uri.getRawPath() == null || uri.getRawPath().length() < 2 ? "/v1/realtime" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        if (model.isPresent()) {
            query += (query.isEmpty() ? "" : "&") + "model=" + URLEncoder.encode(model.get(), StandardCharsets.UTF_8);
        }
        URI full = parse(uri.getScheme() + "://" + uri.getRawAuthority() + path + (query.isEmpty() ? "" : "?" + query));
        boolean openai = "wss".equals(full.getScheme()) && "api.openai.com".equals(full.getHost());
        return new Target(full, openai ? environment.get("OPENAI_API_KEY").orElse(null) : null);
    }

    private static URI parse(String url) {
        try {
            URI uri = new URI(url);
            if (uri.getHost() != null && ("ws".equals(uri.getScheme()) || "wss".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Told below.
        }
        throw CommandException.usage(
                "--url is '" + url + "'; it must be a ws or wss URL such as ws://127.0.0.1:8080/v1/realtime");
    }
}
