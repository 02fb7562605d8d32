package dev.parley.access;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a client shows to be let in: a key or a client secret. */
public final class Credential {
    private static final String SUBPROTOCOL = "openai-insecure-api-key.";
    private static final String BEARER = "bearer ";

    private final String value;

    private Credential(String value) {
        this.value = value;
    }

    /**
     * The credential among a request's headers: {@code Authorization: Bearer}, {@code api-key}, {@code x-api-key}, or
     * the subprotocol {@code openai-insecure-api-key.…} of browsers, which cannot set headers.
     *
     * @param headers names in lower case
     */
    public static Optional<Credential> of(Map<String, String> headers, List<String> subprotocols) {
        String authorization = headers.getOrDefault("authorization", "").strip();
        if (authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return present(authorization.substring(BEARER.length()));
        }
        for (String name : new String[] {"api-key", "x-api-key"}) {
            Optional<Credential> key = present(headers.getOrDefault(name, ""));
            if (key.isPresent()) {
                return key;
            }
        }
        return subprotocols.stream()
                .filter(offered -> offered.startsWith(SUBPROTOCOL))
                .findFirst()
                .flatMap(offered -> present(offered.substring(SUBPROTOCOL.length())));
    }

    private static Optional<Credential> present(String value) {
        return value.isBlank() ? Optional.empty() : Optional.of(new Credential(value.strip()));
    }

    /** Its SHA-256, in hexadecimal. */
    String digest() {
        return ClientKey.digest(value);
    }

    /** Says nothing of the value. */
    @Override
    public String toString() {
        return "Credential[not shown]";
    }
}
