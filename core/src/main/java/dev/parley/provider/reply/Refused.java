package dev.parley.provider.reply;

import dev.parley.protocol.ErrorDetail;
import org.jspecify.annotations.Nullable;

/** Tells, from anywhere within the handling of a client event, which error answers it. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorDetail detail;

    private Refused(ErrorDetail detail) {
        // What the client sent stays out of exception texts.
        super(detail.code(), null, false, false);
        this.detail = detail;
    }

    public ErrorDetail detail() {
        return detail;
    }

    public static Refused of(ErrorDetail detail) {
        return new Refused(detail);
    }

    public static Refused of(String code, String message, @Nullable String param) {
        return new Refused(ErrorDetail.invalid(code, message, param));
    }

    /**
     * Something that the provider cannot do.
     *
     * @param provider its name, as in {@code The local provider does not support …}
     * @param path of the field that asks for it
     * @param what it is, and what to do instead
     */
    public static Refused unsupported(String provider, String path, String what) {
        return of("unsupported_by_provider", "The " + provider + " provider does not support " + what + ".", path);
    }

    public static Refused value(String path, String message) {
        return of("invalid_value", message, path);
    }
}
