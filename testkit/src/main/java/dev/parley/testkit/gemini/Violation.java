package dev.parley.testkit.gemini;

/** Something for which Gemini Live closes the connection. */
final class Violation extends Exception {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;

    Violation(int code, String reason) {
        super(reason, null, false, false);
        this.code = code;
        this.reason = reason;
    }

    /** An argument that is wrong: 1007. */
    static Violation invalid(String reason) {
        return new Violation(1007, reason);
    }

    /** A field that the message does not have. */
    static Violation unknown(String name, String where) {
        return invalid(
                "Invalid JSON payload received. Unknown name \"" + name + "\" at '" + where + "': Cannot find field.");
    }

    int code() {
        return code;
    }

    String reason() {
        return reason;
    }
}
