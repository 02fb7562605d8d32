package dev.parley.gemini.wire;

import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What the end of a connection to Gemini Live means. Of Gemini's text, which may quote what it was sent, a client gets what
 * is surely no quotation. Pure.
 */
public enum Closing {
    /** The network, or a fault or limit of the server's: a new connection goes on. */
    PASSING,
    /** What was sent was wrong, or the server thinks so: a new connection may go on, once. */
    INVALID,
    /** The model or a feature is not there; after a function's result: it may be the call that is not known any more. */
    MISSING,
    /** The key is not accepted. */
    KEY,
    /** The account's limits. */
    QUOTA,
    /** The connection could not be made. */
    REFUSED;

    /** What is between quotes and no field of a message, and words that may be keys. */
    private static final Pattern QUOTED = Pattern.compile(
            "([\"'`])(?!(setup|client_content|realtime_input|tool_response)[\\w.\\[\\]]*\\1)[^\"'`]*[\"'`]?|[^\\s.\\[\\]'_]{20,}");

    public static Closing of(CloseReason why) {
        String text = why.text().toLowerCase(Locale.ROOT);
        if (why.failure() != Failure.PROVIDER_CLOSED) {
            return switch (why.failure()) {
                case PROVIDER_REFUSED, PROVIDER_KEY -> REFUSED;
                default -> PASSING;
            };
        }
        if (text.contains("quota") || text.contains("resource exhausted") || text.contains("resource_exhausted")) {
            return QUOTA;
        }
        if (text.contains("api key")
                || text.contains("api_key")
                || text.contains("unauthenticated")
                || text.contains("permission denied")
                || text.contains("authentication")) {
            return KEY;
        }
        return switch (why.code()) {
            case 1007 -> INVALID;
            case 1008 -> MISSING;
            default -> PASSING;
        };
    }

    /** How the session ends that cannot go on after this. */
    public CloseReason end(CloseReason why, String model) {
        return switch (this) {
            case KEY -> CloseReason.of(Failure.PROVIDER_KEY, "Gemini does not accept the gateway's key; check it");
            case QUOTA ->
                CloseReason.of(Failure.PROVIDER_QUOTA, "the account with Gemini has no quota left; try again later");
            case MISSING ->
                CloseReason.of(
                        Failure.PROVIDER_MODEL,
                        "Gemini has no model '" + model + "' here, or it lacks a feature; check its name and endpoint");
            case INVALID ->
                CloseReason.of(Failure.PROVIDER_REJECTED, said("Gemini did not accept what it was sent", why.text()));
            case PASSING, REFUSED ->
                why.failure() == Failure.PROVIDER_CLOSED
                        ? new CloseReason(Failure.PROVIDER_CLOSED, why.code(), quoteless(why.text()))
                        : why;
        };
    }

    private static String said(String what, String text) {
        return text.isBlank() ? what : what + ": " + quoteless(text);
    }

    private static String quoteless(String text) {
        return QUOTED.matcher(text).replaceAll("…");
    }
}
