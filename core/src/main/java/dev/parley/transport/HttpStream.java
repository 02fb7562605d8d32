package dev.parley.transport;

import dev.parley.protocol.Bytes;
import java.io.IOException;

/**
 * A body that is written while it comes to be, such as server-sent events: the response goes out chunked, each part at
 * once.
 */
@FunctionalInterface
public interface HttpStream {
    /**
     * Writes the body; it has ended when this returns, and is broken off when this throws. Called on a virtual thread,
     * which is interrupted when the client has gone or the server closes. Not called for {@code HEAD}.
     *
     * @throws IOException as {@link Sink#send} does
     * @throws InterruptedException if the thread is interrupted
     */
    void write(Sink to) throws IOException, InterruptedException;

    /** Where parts of a body go. For use by the stream's own thread. */
    @FunctionalInterface
    interface Sink {
        /**
         * Sends a part, and waits until the client's socket has taken it, so that nothing is kept for a client that reads
         * slowly. One that takes nothing of it for 30 s counts as gone.
         *
         * @param part not changed until this returns
         * @throws IOException if the client has gone
         * @throws InterruptedException if the thread is interrupted
         */
        void send(Bytes part) throws IOException, InterruptedException;
    }
}
