package dev.parley.event.session;

import dev.parley.event.codec.Wire;
import dev.parley.protocol.Fields;
import org.jspecify.annotations.Nullable;

/**
 * How long a reasoning model thinks. OpenAI Realtime: {@code reasoning}.
 *
 * @param effort {@code minimal}, {@code low}, {@code medium}, {@code high} or {@code xhigh}
 */
public record Reasoning(
        @Wire.OneOf({"minimal", "low", "medium", "high", "xhigh"}) @Nullable
        String effort,

        Fields more) {}
