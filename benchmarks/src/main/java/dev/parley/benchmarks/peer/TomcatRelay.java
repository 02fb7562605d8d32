package dev.parley.benchmarks.peer;

import jakarta.servlet.ServletContext;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;
import org.jspecify.annotations.Nullable;

/** A plain relay on Tomcat and the JDK's WebSocket client: text in, text out, and an envelope for clients. */
public final class TomcatRelay extends Endpoint {
    /** Tomcat splits or refuses longer messages; it takes this much memory for each session. */
    private static final int LONGEST_MESSAGE = 65536;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static URI provider = URI.create("ws://127.0.0.1");

    /** Made by Tomcat, one for each session. */
    public TomcatRelay() {}

    /** Arguments: the port to listen on, and the provider's URL. */
    public static void main(String[] args) throws LifecycleException, IOException {
        provider = URI.create(args[1] + "/realtime?model=gpt-realtime");
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(".");
        Connector connector = new Connector();
        connector.setPort(Integer.parseInt(args[0]));
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("acceptCount", "4096");
        connector.setProperty("maxConnections", "-1");
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", new File(".").getAbsolutePath());
        context.addParameter("org.apache.tomcat.websocket.textBufferSize", Integer.toString(LONGEST_MESSAGE));
        context.addServletContainerInitializer(new WsSci(), null);
        Tomcat.addServlet(context, "default", new DefaultServlet());
        context.addServletMappingDecoded("/", "default");
        context.addServletContainerInitializer((classes, servlets) -> deploy(servlets), null);
        tomcat.start();
        // The bench holds the other end of the input: without it there is nobody to serve.
        if (System.in.read() < 0) {
            System.exit(0);
        }
    }

    private static void deploy(ServletContext servlets) {
        try {
            ((ServerContainer) servlets.getAttribute(ServerContainer.class.getName()))
                    .addEndpoint(ServerEndpointConfig.Builder.create(TomcatRelay.class, "/realtime")
                            .build());
        } catch (DeploymentException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable CompletableFuture<WebSocket> upstream;

    @Override
    public void onOpen(Session client, EndpointConfig config) {
        client.setMaxIdleTimeout(0);
        CompletableFuture<WebSocket> dialled = CLIENT.newWebSocketBuilder()
                .header("Authorization", "Bearer sk-bench")
                .buildAsync(provider, new Answers(client));
        upstream = dialled;
        // Tomcat has one thread in a session's handlers at a time, so that waiting here keeps the order.
        client.addMessageHandler(String.class, (MessageHandler.Whole<String>)
                text -> dialled.join().sendText(text, true).join());
    }

    @Override
    public void onClose(Session client, CloseReason reason) {
        if (upstream != null) {
            upstream.thenAccept(WebSocket::abort);
        }
    }

    @Override
    public void onError(Session client, Throwable problem) {
        close(client);
    }

    private static void close(Session client) {
        try {
            client.close();
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /** What the provider sends to one client. */
    private static final class Answers implements WebSocket.Listener {
        private final Session client;
        private final StringBuilder parts = new StringBuilder();

        Answers(Session client) {
            this.client = client;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                String event = parts.toString();
                parts.setLength(0);
                try {
                    client.getBasicRemote()
                            .sendText("{\"event\":\"realtime\",\"data\":" + event + ",\"timestamp\":"
                                    + System.currentTimeMillis() + "}");
                } catch (IOException e) {
                    from.abort();
                }
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            close(client);
            return null;
        }
    }
}
