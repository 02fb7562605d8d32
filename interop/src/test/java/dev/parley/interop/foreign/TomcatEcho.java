package dev.parley.interop.foreign;

import jakarta.servlet.ServletContext;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/**
 * A provider on Tomcat that sends each event back in three fragments with a ping between them. The event {@code count}
 * is answered with the pongs so far, and {@code bye} with the close 4001.
 */
final class TomcatEcho implements AutoCloseable {
    private static final int LONGEST_MESSAGE = 8 << 20;

    private final Tomcat tomcat = new Tomcat();

    TomcatEcho() throws IOException, LifecycleException {
        String folder = Files.createTempDirectory("tomcat").toString();
        tomcat.setBaseDir(folder);
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", folder);
        context.addServletContainerInitializer(new WsSci(), null);
        Tomcat.addServlet(context, "default", new DefaultServlet());
        context.addServletMappingDecoded("/", "default");
        context.addServletContainerInitializer((classes, servlets) -> deploy(servlets), null);
        tomcat.start();
    }

    private static void deploy(ServletContext servlets) {
        try {
            ((ServerContainer) servlets.getAttribute(ServerContainer.class.getName()))
                    .addEndpoint(ServerEndpointConfig.Builder.create(Conversation.class, "/v1/realtime")
                            .build());
        } catch (DeploymentException e) {
            throw new IllegalStateException(e);
        }
    }

    String baseUrl() {
        return "http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/v1";
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    /** One connection; Tomcat makes it. */
    public static final class Conversation extends Endpoint {
        private final AtomicInteger pongs = new AtomicInteger();

        /** Called by Tomcat. */
        public Conversation() {}

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            session.setMaxTextMessageBufferSize(LONGEST_MESSAGE);
            session.addMessageHandler(
                    PongMessage.class, (MessageHandler.Whole<PongMessage>) pong -> pongs.incrementAndGet());
            session.addMessageHandler(String.class, (MessageHandler.Whole<String>) text -> answer(session, text));
        }

        private void answer(Session session, String text) {
            try {
                RemoteEndpoint.Basic remote = session.getBasicRemote();
                if (text.contains("\"count\"")) {
                    remote.sendText("{\"type\":\"counted\",\"pongs\":" + pongs.get() + "}");
                } else if (text.contains("\"bye\"")) {
                    session.close(new CloseReason(() -> 4001, "enough"));
                } else {
                    // Tomcat encodes each part by itself, so that the halves of a character may not be parted.
                    int third = text.offsetByCodePoints(0, text.codePointCount(0, text.length()) / 3);
                    int rest = text.offsetByCodePoints(third, text.codePointCount(third, text.length()) / 2);
                    remote.sendText(text.substring(0, third), false);
                    remote.sendPing(ByteBuffer.wrap("between".getBytes(StandardCharsets.US_ASCII)));
                    remote.sendText(text.substring(third, rest), false);
                    remote.sendText(text.substring(rest), true);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
