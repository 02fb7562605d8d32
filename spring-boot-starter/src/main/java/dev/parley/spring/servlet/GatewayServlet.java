package dev.parley.spring.servlet;

import dev.parley.lane.SerialLane;
import dev.parley.leg.LegListener;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.ErrorDetail;
import dev.parley.transport.Admission;
import dev.parley.transport.HttpRequest;
import dev.parley.transport.HttpResponse;
import dev.parley.transport.HttpStream;
import dev.parley.transport.UpgradeRequest;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the gateway's requests on a servlet container, and turns them into WebSockets where a client is admitted. */
public final class GatewayServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(GatewayServlet.class);
    private static final int MAX_BODY = 1 << 20;
    /** How long an admission may take, in seconds; the gateway's own take none. */
    private static final int DECISION = 10;

    private static final boolean JETTY =
            present("org.eclipse.jetty.ee11.websocket.server.JettyWebSocketServerContainer");

    private final transient ServletServer server;

    /** A servlet for what is mounted on a server. */
    public GatewayServlet(ServletServer server) {
        this.server = server;
    }

    private static boolean present(String type) {
        try {
            Class.forName(type, false, GatewayServlet.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        // Of a route with a rest, the container takes its beginning for the servlet's path.
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        ServletServer.Socket socket = server.socket(path);
        Map<String, Function<HttpRequest, HttpResponse>> handlers = server.handlers(path);
        boolean upgrade = "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
        if (!server.accepting()) {
            answer(
                    request,
                    response,
                    HttpResponse.error(503, ErrorDetail.server("gateway_stopping", "The gateway is stopping.")));
        } else if (socket != null && upgrade) {
            upgrade(request, response, path, socket);
        } else if (socket != null && handlers.isEmpty()) {
            answer(request, response, HttpResponse.upgradeRequired(path));
        } else {
            plain(request, response, path, handlers);
        }
    }

    // ---- WebSockets ---------------------------------------------------------------------------------------------

    private void upgrade(
            HttpServletRequest request, HttpServletResponse response, String path, ServletServer.Socket socket)
            throws ServletException, IOException {
        HttpResponse fault = fault(request);
        if (fault != null) {
            answer(request, response, fault);
            return;
        }
        UpgradeRequest wish = new UpgradeRequest(
                path,
                query(request),
                headers(request),
                remote(request),
                request.isSecure(),
                Optional.ofNullable(request.getUserPrincipal()));
        Admission admission = await(socket.admission().apply(wish).toCompletableFuture());
        switch (admission) {
            case null ->
                answer(request, response, HttpResponse.text(500, "The gateway failed to decide on this client.\n"));
            case Admission.Refused refused ->
                answer(request, response, HttpResponse.error(refused.status(), refused.error()));
            case Admission.Admitted admitted -> admit(request, response, socket, admitted);
        }
    }

    /** What is wrong with a handshake (RFC 6455 section 4.2.1), or null. */
    private static @Nullable HttpResponse fault(HttpServletRequest request) {
        if (!"13".equals(request.getHeader("Sec-WebSocket-Version"))) {
            return HttpResponse.text(426, "Only version 13 of the WebSocket protocol is spoken here.\n")
                    .with("sec-websocket-version", "13");
        }
        String connection = request.getHeader("Connection");
        if (!request.getMethod().equals("GET")
                || request.getHeader("Sec-WebSocket-Key") == null
                || connection == null
                || !connection.toLowerCase(Locale.ROOT).contains("upgrade")) {
            return HttpResponse.text(400, "This is no handshake of a WebSocket.\n");
        }
        return null;
    }

    private void admit(
            HttpServletRequest request,
            HttpServletResponse response,
            ServletServer.Socket socket,
            Admission.Admitted admitted)
            throws ServletException, IOException {
        SerialLane lane = new SerialLane();
        ContainerLeg leg = new ContainerLeg(lane, admitted, socket.route());
        // Before the client may know of it, so that a client that does has a session, and is told if that ends.
        CompletableFuture<Boolean> begun = new CompletableFuture<>();
        lane.execute(() -> {
            try {
                LegListener session = admitted.session().begin(leg, lane);
                leg.begin(session);
                begun.complete(true);
            } catch (RuntimeException e) {
                LOG.error("A session could not begin: {}", e.getClass().getName());
                admitted.session().abandoned();
                begun.complete(false);
            }
        });
        if (!Boolean.TRUE.equals(await(begun))) {
            leg.refused();
            answer(request, response, HttpResponse.text(500, "The gateway failed to begin a session.\n"));
            return;
        }
        boolean done = false;
        try {
            if (JETTY && request.getServletContext().getServerInfo().startsWith("jetty")) {
                JettySocket.upgrade(request, response, admitted.subprotocol(), leg);
            } else {
                TomcatSocket.upgrade(request, response, admitted.subprotocol(), leg);
            }
            done = true;
        } finally {
            if (!done) {
                leg.refused();
            }
        }
    }

    private static <T> @Nullable T await(CompletableFuture<T> asked) {
        try {
            return asked.get(DECISION, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException | TimeoutException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            LOG.error("An admission failed with {}", cause.getClass().getName());
            return null;
        }
    }

    // ---- Plain HTTP ---------------------------------------------------------------------------------------------

    private void plain(
            HttpServletRequest request,
            HttpServletResponse response,
            String path,
            Map<String, Function<HttpRequest, HttpResponse>> handlers)
            throws IOException {
        String method = request.getMethod();
        Function<HttpRequest, HttpResponse> handler = handlers.get(method.equals("HEAD") ? "GET" : method);
        if (handlers.isEmpty()) {
            answer(request, response, HttpResponse.text(404, "There is nothing at this address.\n"));
            return;
        }
        if (handler == null) {
            answer(
                    request,
                    response,
                    new HttpResponse(
                            405,
                            Map.of("allow", String.join(", ", handlers.keySet())),
                            Bytes.utf8("This address does not take " + method + ".\n")));
            return;
        }
        // First of all, since a container reads a form's parameters off the body.
        byte[] body = request.getInputStream().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            answer(request, response, HttpResponse.text(413, "The body is longer than 1 MiB.\n"));
            return;
        }
        HttpRequest asked = new HttpRequest(
                method,
                path,
                query(request),
                headers(request),
                Bytes.of(body),
                remote(request),
                request.isSecure(),
                Optional.ofNullable(request.getUserPrincipal()));
        HttpResponse known;
        try {
            known = handler.apply(asked);
        } catch (RuntimeException e) {
            LOG.error("{} {} failed with {}", method, path, e.getClass().getName());
            known = HttpResponse.text(500, "The gateway failed to answer.\n");
        }
        if (known.stream().isPresent()) {
            stream(request, response, known, known.stream().get());
        } else {
            answer(request, response, known);
        }
    }

    /** Begins an answer that is written on a virtual thread, so that none of the container's waits for it. */
    private void stream(
            HttpServletRequest request, HttpServletResponse response, HttpResponse answer, HttpStream stream)
            throws IOException {
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.flushBuffer();
        if (request.getMethod().equals("HEAD")) {
            return;
        }
        AsyncContext waiting = request.startAsync();
        waiting.setTimeout(0);
        server.stream(() -> {
            try {
                ServletOutputStream out = response.getOutputStream();
                stream.write(part -> {
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                    out.write(part.array(0, part.length()));
                    out.flush();
                });
            } catch (IOException | InterruptedException e) {
                // The client has gone, or the application stops.
            } catch (RuntimeException e) {
                LOG.error("A streamed answer failed with {}", e.getClass().getName());
            } finally {
                waiting.complete();
            }
        });
    }

    private static void answer(HttpServletRequest request, HttpServletResponse response, HttpResponse answer)
            throws IOException {
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        int length = answer.body().length();
        response.setContentLength(length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(answer.body().array(0, length));
        }
        response.flushBuffer();
    }

    // ---- What both have -----------------------------------------------------------------------------------------

    private static Map<String, String> headers(HttpServletRequest request) {
        Map<String, String> headers = new HashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", Collections.list(request.getHeaders(name))));
        }
        return headers;
    }

    private static Map<String, String> query(HttpServletRequest request) {
        Map<String, String> query = new HashMap<>();
        request.getParameterMap().forEach((name, values) -> query.put(name, values[0]));
        return query;
    }

    private static String remote(HttpServletRequest request) {
        return request.getRemoteAddr() + ":" + request.getRemotePort();
    }
}
