package dev.parley.gateway;

import dev.parley.protocol.ErrorDetail;

/** Ends the answering of one request with an HTTP error. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient ErrorDetail error;

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
