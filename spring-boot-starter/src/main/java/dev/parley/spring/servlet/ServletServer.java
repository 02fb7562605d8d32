package dev.parley.spring.servlet;

import dev.parley.transport.Admission;
import dev.parley.transport.HttpRequest;
import dev.parley.transport.HttpResponse;
import dev.parley.transport.HttpRoutes;
import dev.parley.transport.RealtimeServer;
import dev.parley.transport.UpgradeRequest;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The application's own server: what is mounted here is served by a {@link GatewayServlet} at these paths. Mount before
 * the servlet is registered. Safe for use by all threads.
 */
public final class ServletServer implements RealtimeServer {
    /** A mounted WebSocket. */
    record Socket(SocketRoute route, Function<UpgradeRequest, CompletionStage<Admission>> admission) {}

    private final Map<String, Socket> sockets = new ConcurrentHashMap<>();
    private final HttpRoutes http = new HttpRoutes();
    /** Those that write streamed answers. */
    private final Set<Thread> streams = ConcurrentHashMap.newKeySet();

    private volatile boolean accepting = true;

    /** A server with nothing mounted. */
    public ServletServer() {}

    @Override
    public void mountWebSocket(SocketRoute route, Function<UpgradeRequest, CompletionStage<Admission>> admission) {
        sockets.put(route.path(), new Socket(route, admission));
    }

    @Override
    public void mountHttp(String method, String path, Function<HttpRequest, HttpResponse> handler) {
        http.mount(method, path, handler);
    }

    /** All paths that something is mounted at. */
    public Set<String> paths() {
        Set<String> paths = new TreeSet<>(sockets.keySet());
        paths.addAll(http.paths());
        return paths;
    }

    /** The WebSocket at a path, or null. */
    @Nullable
    Socket socket(String path) {
        return sockets.get(path);
    }

    /** The handlers at a path by method; empty if there are none. */
    Map<String, Function<HttpRequest, HttpResponse>> handlers(String path) {
        return http.at(path);
    }

    /** Runs a streamed answer, until it ends or the application stops. */
    void stream(Runnable answer) {
        Thread writer = Thread.ofVirtual().name("parley-http").unstarted(() -> {
            try {
                answer.run();
            } finally {
                streams.remove(Thread.currentThread());
            }
        });
        streams.add(writer);
        writer.start();
        // Only now, so that either this or stopAccepting() sees the other.
        if (!accepting) {
            writer.interrupt();
        }
    }

    /** Whether new clients are let in. */
    boolean accepting() {
        return accepting;
    }

    /**
     * The container starts with the application.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public InetSocketAddress start() {
        throw new UnsupportedOperationException("the application starts its server");
    }

    /** Streamed answers end, too, since a container waits for those to end before it stops. */
    @Override
    public void stopAccepting() {
        accepting = false;
        streams.forEach(Thread::interrupt);
    }

    /** As {@link #stopAccepting}: the sockets are the container's, which ends them when it stops. */
    @Override
    public void close() {
        stopAccepting();
    }
}
