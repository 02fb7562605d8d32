package dev.parley.local.decoder;

/** Says why a phrase grammar cannot be used: a syntax error, an unknown rule, a word nobody knows how to pronounce. */
public final class GrammarException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    GrammarException(String message) {
        super(message);
    }

    GrammarException(String message, Throwable cause) {
        super(message, cause);
    }
}
