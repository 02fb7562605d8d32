package dev.parley.leg;

import dev.parley.protocol.ErrorDetail;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Why a leg ended.
 *
 * @param failure the kind of end
 * @param code the WebSocket close code (RFC 6455 section 7.4) that was received, or that is to be sent
 * @param text the reason, at most 123 bytes of UTF-8 on the wire; holds nothing secret
 */
public record CloseReason(Failure failure, int code, String text) {
    /** The longest reason in a close frame, in bytes (RFC 6455 section 5.5). */
    private static final int LONGEST = 123;

    /** Cuts a text that is too long for the wire, between characters. */
    public CloseReason {
        if (text.length() > LONGEST / 3) {
            ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
            StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text), bytes, true);
            text = StandardCharsets.UTF_8.decode(bytes.flip()).toString();
        }
    }

    /** A failure with the close code that the table gives it. */
    public static CloseReason of(Failure failure, String text) {
        return new CloseReason(failure, failure.closeCode(), text);
    }

    /**
     * The same end with a code that may stand in a close frame: 1005, 1006 and 1015 and all that RFC 6455 section 7.4.2
     * forbids become the failure's own code.
     */
    public CloseReason sendable() {
        boolean allowed = (code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006)
                || (code >= 3000 && code <= 4999);
        return allowed ? this : new CloseReason(failure, failure.closeCode(), text);
    }

    /** What the client is told in the {@code error} event. */
    public ErrorDetail error() {
        return new ErrorDetail(failure.type(), failure.code(), sentence(), null);
    }

    private String sentence() {
        return switch (failure) {
            case PROVIDER_CLOSED ->
                "The provider closed the session with code " + code + (text.isEmpty() ? "." : ": " + text);
            default -> "The session ends: " + text + ".";
        };
    }
}
