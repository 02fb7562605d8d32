package dev.parley.provider.vendor;

import java.util.Map;

/** How a key is shown to a provider. */
enum Auth {
    /** RFC 6750. */
    BEARER("Authorization", "Bearer "),
    /** Azure's. */
    API_KEY("api-key", ""),
    /** RFC 7617, the key being encoded already. */
    BASIC("Authorization", "Basic ");

    private final String header;
    private final String before;

    Auth(String header, String before) {
        this.header = header;
        this.before = before;
    }

    /** The header's name. */
    String header() {
        return header;
    }

    /** The header that shows a key. */
    Map.Entry<String, String> show(String key) {
        return Map.entry(header, before + key);
    }
}
