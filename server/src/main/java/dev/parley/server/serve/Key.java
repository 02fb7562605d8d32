package dev.parley.server.serve;

import java.util.Optional;

/** What can be set, under its name in the configuration file and its variable; some by a flag, too. */
enum Key {
    HOST("host", "PARLEY_HOST"),
    PORT("port", "PARLEY_PORT"),
    PROVIDER("provider", "PARLEY_PROVIDER"),
    ALLOWED_ORIGINS("allowed-origins", "PARLEY_ALLOWED_ORIGINS"),
    ACCESS("access", "PARLEY_ACCESS"),
    TRANSPORT("transport", "PARLEY_TRANSPORT"),
    EVENT_LOOPS("event-loops", "PARLEY_EVENT_LOOPS"),
    TLS_CERT("tls.cert", "PARLEY_TLS_CERT"),
    TLS_KEY("tls.key", "PARLEY_TLS_KEY"),
    INSTRUCTIONS("session.instructions", "PARLEY_INSTRUCTIONS"),
    VOICE("session.voice", "PARLEY_VOICE"),
    MODEL("session.model", "PARLEY_MODEL"),
    METRICS("metrics", "PARLEY_METRICS"),
    CONSOLE("console", "PARLEY_CONSOLE"),
    ADMIN("admin.enabled", "PARLEY_ADMIN"),
    ADMIN_KEY_VARIABLE("admin.key-variable", "PARLEY_ADMIN_KEY_VARIABLE"),
    MAX_SESSIONS("limits.max-sessions", "PARLEY_MAX_SESSIONS"),
    BUFFERS("limits.buffers", "PARLEY_BUFFERS"),
    DIAL_TIMEOUT("limits.dial-timeout", "PARLEY_DIAL_TIMEOUT"),
    DIAL_BUFFER("limits.dial-buffer", "PARLEY_DIAL_BUFFER"),
    OUTBOX("limits.outbox", "PARLEY_OUTBOX"),
    HIGH_WATER("limits.high-water", "PARLEY_HIGH_WATER"),
    STUCK("limits.stuck", "PARLEY_STUCK"),
    FAREWELL("limits.farewell", "PARLEY_FAREWELL"),
    MAX_MESSAGE("limits.max-message", "PARLEY_MAX_MESSAGE"),
    MAX_AUDIO("limits.max-audio", "PARLEY_MAX_AUDIO"),
    LONGEST("limits.longest", "PARLEY_LONGEST"),
    CLIENT_IDLE("limits.client-idle", "PARLEY_CLIENT_IDLE"),
    PROVIDER_IDLE("limits.provider-idle", "PARLEY_PROVIDER_IDLE_MS");

    private final String path;
    private final String variable;

    Key(String path, String variable) {
        this.path = path;
        this.variable = variable;
    }

    /** Its name in the file, with a point between levels. */
    String path() {
        return path;
    }

    /** Its environment variable. */
    String variable() {
        return variable;
    }

    /** Its flag, if it has one. */
    Optional<String> flag() {
        return switch (this) {
            case HOST, PORT, PROVIDER, TLS_CERT, TLS_KEY -> Optional.of("--" + path.replace('.', '-'));
            default -> Optional.empty();
        };
    }

    /** Whether it takes several values. */
    boolean list() {
        return this == ALLOWED_ORIGINS;
    }
}
