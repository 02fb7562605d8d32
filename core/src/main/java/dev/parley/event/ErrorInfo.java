package dev.parley.event;

import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Fields;
import org.jspecify.annotations.Nullable;

/**
 * What a server says that went wrong. OpenAI Realtime: {@code error.error}, {@code status_details.error}, and the error of
 * a failed transcription.
 *
 * @param type the family, such as {@code invalid_request_error}
 * @param code the exact error, such as {@code invalid_value}
 * @param message for people to read
 * @param param the path of the field at fault
 * @param eventId the {@code event_id} of the client event that caused it
 */
public record ErrorInfo(
        String type,
        @Nullable String code,
        String message,
        @Nullable String param,
        @Nullable String eventId,
        Fields more) {
    /** The same as Parley's own errors are written; what was left out is empty. */
    public ErrorDetail detail() {
        return new ErrorDetail(type, code == null ? "" : code, message, param);
    }
}
