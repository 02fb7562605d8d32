package dev.parley.event.session;

import dev.parley.event.codec.Wire;
import dev.parley.protocol.Fields;
import org.jspecify.annotations.Nullable;

/** What becomes of a conversation that no longer fits the model. OpenAI Realtime: {@code session.truncation}. */
@Wire.Family
public sealed interface Truncation {
    /** The oldest items are forgotten as the server sees fit. */
    Truncation AUTO = new Mode("auto");
    /** Nothing is forgotten; a response that does not fit fails. */
    Truncation DISABLED = new Mode("disabled");

    /** {@code auto} or {@code disabled}. */
    @Wire.Plain
    record Mode(@Wire.OneOf({"auto", "disabled"}) String mode) implements Truncation {}

    /**
     * Forget down to a share, so that what stays can be cached longer.
     *
     * @param retentionRatio the share that stays, 0 to 1
     */
    @Wire.Type("retention_ratio")
    record RetentionRatio(
            @Wire.Range(min = 0, max = 1) Number retentionRatio,
            @Wire.OrNull @Nullable TokenLimits tokenLimits,
            Fields more)
            implements Truncation {}

    /**
     * How long the conversation may be before anything is forgotten.
     *
     * @param postInstructions tokens after the instructions
     */
    record TokenLimits(@Wire.Range(min = 0) @Nullable Integer postInstructions, Fields more) {}

    /** A way that this version of Parley does not know. */
    record Unknown(Fields json) implements Truncation {}
}
