package dev.parley.gateway;

import dev.parley.dialect.Dialect;
import dev.parley.transport.Admission.Wrapping;
import java.util.function.Supplier;

/**
 * How events are written at a path.
 *
 * @param usual to most clients
 * @param beta to clients that say they speak OpenAI's beta of 2024 ({@code OpenAI-Beta: realtime=v1})
 * @param wrapping what stands around each event
 */
public record Forms(Supplier<Dialect> usual, Supplier<Dialect> beta, Wrapping wrapping) {}
