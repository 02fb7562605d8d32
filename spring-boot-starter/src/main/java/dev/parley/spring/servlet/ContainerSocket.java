package dev.parley.spring.servlet;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/** A container's open WebSocket, as a leg uses it. All methods may be called by any thread. */
interface ContainerSocket {
    /**
     * Begins to send one text message; called again only when the one before has gone.
     *
     * @return completes when the container has written it, off the lane; fails if it cannot
     */
    CompletionStage<?> send(String message);

    /** As {@link #send(String)}, a binary message. */
    CompletionStage<?> send(ByteBuffer message);

    /** Sends a ping; may block. */
    void ping();

    /** Goes on or pauses reading; called with {@code false} and {@code true} in turn. */
    void reading(boolean on);

    /** Begins the close handshake; may block. */
    void close(int code, String reason);

    /** Ends the connection without waiting for anything but at most a moment. */
    void abort();
}
