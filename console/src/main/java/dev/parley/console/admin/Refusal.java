package dev.parley.console.admin;

import dev.parley.protocol.ErrorDetail;

/** A request is not answered as asked, but with an HTTP error. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final transient ErrorDetail error;

    Refusal(int status, String code, String message) {
        this(status, ErrorDetail.invalid(code, message, null));
    }

    Refusal(int status, ErrorDetail error) {
        super(error.code(), null, false, false);
        this.status = status;
        this.error = error;
    }

    int status() {
        return status;
    }

    ErrorDetail error() {
        return error;
    }
}
