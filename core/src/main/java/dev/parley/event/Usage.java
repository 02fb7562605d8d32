package dev.parley.event;

import dev.parley.event.codec.Wire;
import dev.parley.protocol.Fields;
import org.jspecify.annotations.Nullable;

/**
 * What a response cost, in tokens. OpenAI Realtime: {@code response.usage}.
 *
 * @param totalTokens input and output
 */
public record Usage(
        long totalTokens,
        long inputTokens,
        long outputTokens,
        @Nullable Input inputTokenDetails,
        @Nullable Output outputTokenDetails,
        Fields more) {
    /**
     * What was read.
     *
     * @param cachedTokens those of them that were read from a cache, for less
     * @param cachedTokensDetails the cached ones by kind
     */
    public record Input(
            long textTokens,
            long audioTokens,
            long imageTokens,
            long cachedTokens,
            @Nullable Cached cachedTokensDetails,
            Fields more) {}

    /** What was read from a cache. */
    public record Cached(long textTokens, long audioTokens, long imageTokens, Fields more) {}

    /**
     * What was made.
     *
     * @param reasoningTokens thoughts, which nobody hears
     */
    public record Output(long textTokens, long audioTokens, long reasoningTokens, Fields more) {}

    /** What the transcript of one item cost. OpenAI Realtime: {@code usage} of {@code ….transcription.completed}. */
    @Wire.Family
    public sealed interface Transcription {
        /** Paid by tokens: {@code tokens}. */
        @Wire.Type("tokens")
        record Tokens(
                long totalTokens,
                long inputTokens,
                long outputTokens,
                @Nullable Input inputTokenDetails,
                Fields more) implements Transcription {}

        /** Paid by time: {@code duration}. */
        @Wire.Type("duration")
        record Duration(Number seconds, Fields more) implements Transcription {}

        /** Paid in a way that this version of Parley does not know. */
        record Unknown(Fields json) implements Transcription {}
    }
}
