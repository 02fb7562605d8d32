package dev.parley.spring.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Extension;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.SendHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.tomcat.websocket.WsSession;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket of Tomcat. Its buffers stay as small as they are by default, since messages are taken in parts: Tomcat
 * takes a buffer of the longest message for each session otherwise.
 */
final class TomcatSocket extends Endpoint implements ContainerSocket {
    /** Ms that Tomcat waits for the client's answer to a close, before it drops the connection. */
    private static final long CLOSING = 2_000;

    private final ContainerLeg leg;
    private volatile @Nullable Session session;

    private TomcatSocket(ContainerLeg leg) {
        this.leg = leg;
    }

    /** Finishes a handshake; the leg is told when the WebSocket is open. */
    static void upgrade(
            HttpServletRequest request, HttpServletResponse response, Optional<String> subprotocol, ContainerLeg leg)
            throws IOException, ServletException {
        ServerContainer container =
                (ServerContainer) request.getServletContext().getAttribute(ServerContainer.class.getName());
        if (container == null) {
            throw new ServletException("this application has no WebSockets: add tomcat-embed-websocket");
        }
        ServerEndpointConfig endpoint = ServerEndpointConfig.Builder.create(
                        TomcatSocket.class, request.getServletPath())
                .subprotocols(subprotocol.map(List::of).orElse(List.of()))
                .configurator(new Admitted(new TomcatSocket(leg), subprotocol.orElse("")))
                .build();
        try {
            container.upgradeHttpToWebSocket(request, response, endpoint, Map.of());
        } catch (DeploymentException e) {
            throw new ServletException(e);
        }
    }

    /** All has been decided by the gateway; no extensions, since one that compresses holds memory for each session. */
    private static final class Admitted extends ServerEndpointConfig.Configurator {
        private final TomcatSocket socket;
        private final String subprotocol;

        Admitted(TomcatSocket socket, String subprotocol) {
            this.socket = socket;
            this.subprotocol = subprotocol;
        }

        @Override
        public <T> T getEndpointInstance(Class<T> kind) {
            return kind.cast(socket);
        }

        @Override
        public boolean checkOrigin(String origin) {
            return true;
        }

        @Override
        public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
            return subprotocol;
        }

        @Override
        public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
            return List.of();
        }
    }

    @Override
    public void onOpen(Session open, EndpointConfig config) {
        session = open;
        open.setMaxIdleTimeout(0);
        open.getUserProperties().put("org.apache.tomcat.websocket.SESSION_CLOSE_TIMEOUT", CLOSING);
        open.addMessageHandler(String.class, (MessageHandler.Partial<String>) leg::text);
        open.addMessageHandler(ByteBuffer.class, (MessageHandler.Partial<ByteBuffer>) leg::binary);
        open.addMessageHandler(PongMessage.class, (MessageHandler.Whole<PongMessage>) pong -> leg.pong());
        leg.opened(this);
    }

    @Override
    public void onClose(Session closed, CloseReason reason) {
        leg.ended(reason.getCloseCode().getCode(), reason.getReasonPhrase() == null ? "" : reason.getReasonPhrase());
    }

    @Override
    public void onError(Session broken, Throwable cause) {
        // onClose follows, and says more.
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
        open().getAsyncRemote().sendText(message, telling(sent));
        return sent;
    }

    @Override
    public CompletionStage<?> send(ByteBuffer message) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        open().getAsyncRemote().sendBinary(message, telling(sent));
        return sent;
    }

    private static SendHandler telling(CompletableFuture<Void> sent) {
        return result -> {
            if (result.isOK()) {
                sent.complete(null);
            } else {
                sent.completeExceptionally(result.getException());
            }
        };
    }

    @Override
    public void ping() {
        try {
            open().getBasicRemote().sendPing(ByteBuffer.allocate(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void reading(boolean on) {
        if (open() instanceof WsSession tomcats) {
            if (on) {
                tomcats.resume();
            } else {
                tomcats.suspend();
            }
        }
    }

    @Override
    public void close(int code, String reason) {
        close(new CloseReason(() -> code, reason));
    }

    /** Tomcat waits 50 ms for what it has still to send, and then drops the connection. */
    @Override
    public void abort() {
        close(new CloseReason(CloseReason.CloseCodes.CLOSED_ABNORMALLY, ""));
    }

    private void close(CloseReason why) {
        try {
            open().close(why);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
