package dev.parley.leg;

/**
 * Every way in which a session or one of its legs ends: with the {@code error} event that the client gets before, the
 * close code, and the name under which it is counted. The one table; docs/failures.md shows it to users.
 */
public enum Failure {
    /** The client closed, or the application ended the session. */
    NORMAL("normal", 1000),
    /** The gateway is stopping. */
    STOPPING("gateway_stopping", 1012),
    /** The client's socket broke, or nothing came from it for too long. Nobody is left to be told. */
    CLIENT_LOST("client_lost", 1001),
    /** The client did not read what it was sent, for too long. */
    CLIENT_TOO_SLOW("client_too_slow", 1008),
    /** The session has lasted as long as it may. */
    SESSION_EXPIRED("session_expired", 1001),
    /** Whoever runs the gateway has ended the session. */
    ENDED_BY_OPERATOR("ended_by_operator", 1008),
    /** The configuration asks for something that the provider does not have. */
    CONFIG_REFUSED("invalid_value", 1008),
    /** The peer broke RFC 6455. */
    PROTOCOL_ERROR("websocket_protocol_error", 1002),
    /** A text message was not UTF-8. */
    INVALID_UTF8("invalid_utf8", 1007),
    /** A message was longer than the limit. */
    TOO_BIG("message_too_big", 1009),
    /** There is no room for the rest of a long message, since so much waits in this or in other sessions. */
    OVERLOADED("gateway_overloaded", 1013),
    /** No connection to the provider could be made. */
    PROVIDER_UNREACHABLE("provider_unreachable", 1011),
    /** The provider answered the connection with an HTTP error, or lacks something such as its key. */
    PROVIDER_REFUSED("provider_refused", 1011),
    /** The provider did not answer the connection in time. */
    PROVIDER_TIMEOUT("provider_timeout", 1011),
    /** The provider takes or sends nothing any more, pings included. */
    PROVIDER_STALLED("provider_stalled", 1011),
    /** The provider has no room for one session more. */
    PROVIDER_BUSY("provider_busy", 1013),
    /** The provider closed; its own code and reason are passed on. */
    PROVIDER_CLOSED("provider_closed", 1011),
    /** The provider does not accept the gateway's key. */
    PROVIDER_KEY("provider_key_refused", 1011, "authentication_error"),
    /** The provider does not have the model, or not for this account. */
    PROVIDER_MODEL("provider_model_refused", 1011, "invalid_request_error"),
    /** The account with the provider has used up what it may. */
    PROVIDER_QUOTA("provider_quota_exceeded", 1013, "rate_limit_error"),
    /** The provider did not take what the session sent it, and lost the session over it. */
    PROVIDER_REJECTED("provider_rejected_request", 1011, "invalid_request_error"),
    /** The provider's connection broke without a close. */
    PROVIDER_LOST("provider_lost", 1011),
    /** The agent has guardrails, and the provider does not let the gateway keep to them. */
    UNGUARDED("guardrails_not_possible", 1011),
    /** A fault of Parley. */
    INTERNAL("internal_error", 1011);

    private final String code;
    private final int closeCode;
    private final String type;

    Failure(String code, int closeCode) {
        this(code, closeCode, "server_error");
    }

    Failure(String code, int closeCode, String type) {
        this.code = code;
        this.closeCode = closeCode;
        this.type = type;
    }

    /** The {@code error.type} of the event. */
    public String type() {
        return type;
    }

    /** The {@code error.code} of the event; also the failure's name in metrics. */
    public String code() {
        return code;
    }

    /** The WebSocket close code, unless the peer's own is passed on. */
    public int closeCode() {
        return closeCode;
    }
}
