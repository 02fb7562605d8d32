package dev.parley.spring.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.ee11.websocket.server.JettyWebSocketServerContainer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/** A WebSocket of Jetty, by Jetty's own API, which lets a leg ask for each part of a message. */
public final class JettySocket implements Session.Listener, ContainerSocket {
    private final ContainerLeg leg;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Session session;
    private boolean reads = true;
    /** Whether a part was told while nothing is read, so that the next one has not been asked for. */
    private boolean owed;

    private JettySocket(ContainerLeg leg) {
        this.leg = leg;
    }

    /** Finishes a handshake; the leg is told when the WebSocket is open. */
    static void upgrade(
            HttpServletRequest request, HttpServletResponse response, Optional<String> subprotocol, ContainerLeg leg)
            throws IOException, ServletException {
        JettyWebSocketServerContainer container =
                JettyWebSocketServerContainer.ensureContainer(request.getServletContext());
        boolean done = container.upgrade(
                (asked, answer) -> {
                    subprotocol.ifPresent(answer::setAcceptedSubProtocol);
                    // One that compresses holds memory for each session.
                    answer.setExtensions(List.of());
                    return new JettySocket(leg);
                },
                request,
                response);
        if (!done) {
            throw new ServletException("Jetty did not take the handshake");
        }
    }

    @Override
    public void onWebSocketOpen(Session open) {
        session = open;
        open.setIdleTimeout(Duration.ZERO);
        leg.opened(this);
        open.demand();
    }

    /** Asks for the next part, unless nothing is to be read. */
    private void next() {
        boolean now;
        lock.lock();
        try {
            now = reads;
            owed = !reads;
        } finally {
            lock.unlock();
        }
        if (now) {
            open().demand();
        }
    }

    @Override
    public void onWebSocketPartialText(String part, boolean last) {
        leg.text(part, last);
        next();
    }

    @Override
    public void onWebSocketPartialBinary(ByteBuffer part, boolean last, Callback callback) {
        // The part is Jetty's again after this.
        leg.binary(part, last);
        callback.succeed();
        next();
    }

    @Override
    public void onWebSocketPong(ByteBuffer payload) {
        leg.pong();
        next();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        // onWebSocketClose follows, and says more.
    }

    @Override
    public void onWebSocketClose(int code, String reason, Callback callback) {
        callback.succeed();
        leg.ended(code, reason == null ? "" : reason);
    }

    private Session open() {
        Session open = session;
        if (open == null) {
            throw new IllegalStateException("the handshake has not ended");
        }
        return open;
    }

    @Override
    public CompletionStage<?> send(String message) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        open().sendText(message, Callback.from(() -> sent.complete(null), sent::completeExceptionally));
        return sent;
    }

    @Override
    public CompletionStage<?> send(ByteBuffer message) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        open().sendBinary(message, Callback.from(() -> sent.complete(null), sent::completeExceptionally));
        return sent;
    }

    @Override
    public void ping() {
        open().sendPing(ByteBuffer.allocate(0), Callback.NOOP);
    }

    @Override
    public void reading(boolean on) {
        boolean ask;
        lock.lock();
        try {
            reads = on;
            ask = on && owed;
            owed &= !on;
        } finally {
            lock.unlock();
        }
        if (ask) {
            open().demand();
        }
    }

    @Override
    public void close(int code, String reason) {
        open().close(code, reason, Callback.NOOP);
    }

    @Override
    public void abort() {
        open().disconnect();
    }
}
