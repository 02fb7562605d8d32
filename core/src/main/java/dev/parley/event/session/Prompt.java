package dev.parley.event.session;

import dev.parley.event.codec.Wire;
import dev.parley.protocol.Fields;
import org.jspecify.annotations.Nullable;

/**
 * Instructions that the provider stores. OpenAI Realtime: {@code prompt}.
 *
 * @param variables what is put into their places: texts, or objects of the Responses API
 */
public record Prompt(
        String id,
        @Wire.OrNull @Nullable String version,
        @Wire.OrNull @Nullable Fields variables,
        Fields more) {}
