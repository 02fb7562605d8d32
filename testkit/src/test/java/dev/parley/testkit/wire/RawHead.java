package dev.parley.testkit.wire;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The head of an HTTP message.
 *
 * @param first its first line
 * @param headers names in lower case
 */
record RawHead(String first, Map<String, String> headers) {
    static RawHead parse(String text) {
        String[] lines = text.split("\r\n");
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            String name = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
            headers.merge(name, lines[i].substring(colon + 1).strip(), (a, b) -> a + ", " + b);
        }
        return new RawHead(lines[0], headers);
    }

    /** The status of an answer. */
    int status() {
        return Integer.parseInt(first.split(" ")[1]);
    }

    /** A header's value; empty if there is none. */
    String value(String name) {
        return headers.getOrDefault(name, "");
    }
}
