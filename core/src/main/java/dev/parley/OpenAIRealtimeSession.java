package dev.parley;

import dev.parley.protocol.ControlEvent;

/** A session whose provider speaks OpenAI Realtime itself, so that every event of that API can be sent. */
public interface OpenAIRealtimeSession extends RealtimeSession {
    /** Sends an event to the provider as it is. */
    void send(ControlEvent event);
}
