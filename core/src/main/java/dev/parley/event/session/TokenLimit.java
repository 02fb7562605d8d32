package dev.parley.event.session;

import dev.parley.event.codec.Wire;

/** How long an answer may be. OpenAI Realtime: {@code max_output_tokens}. */
public sealed interface TokenLimit {
    /** As long as the model can. */
    TokenLimit INFINITE = new Word("inf");

    /** So many tokens, 1 to 4,096. */
    static TokenLimit of(int tokens) {
        return new Count(tokens);
    }

    /** A number of tokens. */
    @Wire.Plain
    record Count(@Wire.Range(min = 1, max = 4_096) long tokens) implements TokenLimit {}

    /** {@code inf}. */
    @Wire.Plain
    record Word(@Wire.OneOf("inf") String word) implements TokenLimit {}
}
