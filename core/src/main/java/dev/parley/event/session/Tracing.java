package dev.parley.event.session;

import dev.parley.event.codec.Wire;
import dev.parley.protocol.Fields;
import org.jspecify.annotations.Nullable;

/** Whether the provider records the session for its owner. OpenAI Realtime: {@code session.tracing}. */
public sealed interface Tracing {
    /** With the provider's own names. */
    Tracing AUTO = new Mode("auto");

    /** {@code auto}. */
    @Wire.Plain
    record Mode(@Wire.OneOf("auto") String mode) implements Tracing {}

    /**
     * With names of the application's.
     *
     * @param metadata anything, shown with the trace
     */
    record Named(
            @Nullable String workflowName,
            @Nullable String groupId,
            @Nullable Fields metadata,
            Fields more) implements Tracing {}
}
