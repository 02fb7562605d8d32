package dev.parley.provider;

import dev.parley.RealtimeException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A provider's base address.
 *
 * @param secure whether it is reached over TLS
 * @param rest the URL from behind the scheme's colon to the end of the path, without a slash at its end
 * @param query the base's own parameters, encoded, or empty
 */
public record Address(boolean secure, String rest, String query) {
    /**
     * Reads a base URL.
     *
     * @param source where the URL stands, for the message: a variable, or a setting
     * @param prefix with which the path is to end
     * @throws RealtimeException if it is no http, https, ws or wss URL
     */
    public static Address of(String source, String text, String prefix) {
        try {
            URI uri = new URI(text.strip());
            boolean secure =
                    switch (uri.getScheme() == null ? "" : uri.getScheme()) {
                        case "https", "wss" -> true;
                        case "http", "ws" -> false;
                        default -> throw wrong(source, text);
                    };
            if (uri.getHost() == null || uri.getRawFragment() != null) {
                throw wrong(source, text);
            }
            String path = uri.getRawPath() == null ? "" : uri.getRawPath();
            while (path.endsWith("/")) {
                path = path.substring(0, path.length() - 1);
            }
            String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
            return new Address(secure, "//" + uri.getRawAuthority() + ending(path, prefix), query);
        } catch (URISyntaxException e) {
            throw wrong(source, text);
        }
    }

    /** A path with a prefix at its end, of which it may have the beginning already. */
    private static String ending(String path, String prefix) {
        int there = prefix.length();
        while (there > 0 && !path.endsWith(prefix.substring(0, there))) {
            there = prefix.lastIndexOf('/', there - 1);
        }
        return path + prefix.substring(Math.max(there, 0));
    }

    /** A WebSocket's URL. */
    public URI socket(String path, Map<String, String> parameters) {
        return uri(secure ? "wss:" : "ws:", path, parameters);
    }

    /** A REST call's URL. */
    public URI http(String path, Map<String, String> parameters) {
        return uri(secure ? "https:" : "http:", path, parameters);
    }

    private URI uri(String scheme, String path, Map<String, String> parameters) {
        StringBuilder all = new StringBuilder(query);
        parameters.forEach((name, value) -> all.append(all.isEmpty() ? "" : "&")
                .append(encoded(name))
                .append('=')
                .append(encoded(value)));
        return URI.create(scheme + rest + path + (all.isEmpty() ? "" : "?" + all));
    }

    /** A text as one part of a URL's path. */
    public static String segment(String text) {
        return encoded(text).replace("+", "%20");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static RealtimeException wrong(String source, String text) {
        // An address may hold a password.
        String shown = text.contains("@") ? "(not shown, it holds an '@')" : "'" + text + "'";
        return new RealtimeException.InvalidConfig(source + " is " + shown
                + "; it must be an http, https, ws or wss URL such as https://api.example.com/v1");
    }
}
