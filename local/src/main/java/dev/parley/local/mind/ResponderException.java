package dev.parley.local.mind;

/** Tells why there is no answer, in words that may be shown to the client: no prompt, transcript or key. */
public final class ResponderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    /** An exception with the {@code error.code} that the client gets. */
    public ResponderException(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** The {@code error.code} that the client gets. */
    public String code() {
        return code;
    }
}
