package dev.parley.agent;

import dev.parley.RealtimeSession;
import dev.parley.leg.CloseReason;
import dev.parley.protocol.Event;
import org.jspecify.annotations.Nullable;

/**
 * What an agent's {@link Hook} is told.
 *
 * @param agent the agent's object in this session; null: it has none
 * @param event a copy of what was sent; null: this is about the session itself
 * @param reason why the session has ended; null: it has not
 */
public record Occasion(
        RealtimeSession session,
        @Nullable Object agent,
        @Nullable Event event,
        @Nullable CloseReason reason) {}
