package dev.parley;

import java.time.Instant;

/**
 * What one session has carried so far. <em>Received</em> means from the provider, <em>sent</em> means to it. Bytes are
 * those of whole events; audio is counted by what is inside them.
 *
 * @param clientId the client's id
 * @param sessionId Parley's id of the session
 * @param provider the provider's name
 * @param connectedAt when the client's session began
 * @param audioChunksReceived audio events from the provider
 * @param audioChunksSent audio events to the provider
 * @param eventsReceived all events from the provider, audio ones included
 * @param eventsSent all events to the provider, audio ones included
 * @param bytesReceived bytes of the events from the provider
 * @param bytesSent bytes of the events to the provider
 * @param audioMillisReceived the model's audio, in ms
 * @param audioMillisSent the user's audio, in ms
 */
public record RealtimeSessionStats(
        String clientId,
        String sessionId,
        String provider,
        Instant connectedAt,
        long audioChunksReceived,
        long audioChunksSent,
        long eventsReceived,
        long eventsSent,
        long bytesReceived,
        long bytesSent,
        long audioMillisReceived,
        long audioMillisSent) {}
