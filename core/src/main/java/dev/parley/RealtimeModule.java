package dev.parley;

import dev.parley.provider.Providers;
import dev.parley.provider.RealtimeProvider;
import dev.parley.transport.HttpHost;
import dev.parley.transport.HttpRequest;
import dev.parley.transport.HttpResponse;
import dev.parley.transport.RealtimeServer;
import dev.parley.transport.RealtimeServerFactory;
import dev.parley.transport.RealtimeServerFactory.Tls;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Parley in one object: the sessions, the gateway to them and, if it is to listen itself, a server. Safe for use by all
 * threads. Closing it tells every client that the gateway stops (1012).
 */
public final class RealtimeModule implements HttpHost, AutoCloseable {
    private static final Duration GOODBYES = Duration.ofSeconds(5);

    private final RealtimeModuleOptions options;
    private final Providers providers;
    private final RealtimeService service;
    private final RealtimeGateway gateway;
    private volatile @Nullable RealtimeServer server;
    private final List<Consumer<RealtimeServer>> routes = new CopyOnWriteArrayList<>();
    private volatile boolean stopping;

    private RealtimeModule(RealtimeModuleOptions options) {
        this.options = options;
        this.providers = new Providers(options.environment(), options.providers());
        this.service = new RealtimeService(providers, options);
        this.gateway = new RealtimeGateway(service, options);
    }

    /** A module with these options. Connects to nothing yet. */
    public static RealtimeModule forRoot(RealtimeModuleOptions options) {
        return new RealtimeModule(options);
    }

    /** A module whose options take time to get, such as a key out of a vault; they are got on a virtual thread. */
    public static CompletableFuture<RealtimeModule> forRootAsync(Supplier<RealtimeModuleOptions> options) {
        return CompletableFuture.supplyAsync(() -> forRoot(options.get()), dev.parley.lane.Mailbox.threads());
    }

    /** The live sessions. */
    public RealtimeService service() {
        return service;
    }

    /** The door for clients, to be mounted on a server. */
    public RealtimeGateway gateway() {
        return gateway;
    }

    /** Adds a provider of the application's own. */
    public void addProvider(RealtimeProvider provider) {
        providers.add(provider);
    }

    /**
     * The provider of a name, made if need be.
     *
     * @throws RealtimeException if there is none, or if it lacks a setting
     */
    public RealtimeProvider provider(String name) {
        return providers.named(name);
    }

    /** Adds an HTTP route to the server that {@link #listen} starts; to be called before. */
    @Override
    public void mountHttp(String method, String path, Function<HttpRequest, HttpResponse> handler) {
        routes.add(on -> on.mountHttp(method, path, handler));
    }

    /** As {@link #listen(int, Optional)}, without TLS. */
    public InetSocketAddress listen(int port) {
        return listen(port, Optional.empty());
    }

    /**
     * Starts a server of the module's own with the gateway and {@code /livez} and {@code /readyz}.
     *
     * @param port 0: any that is free
     * @return the address that clients reach
     * @throws RealtimeException if no server is among the dependencies, or the port cannot be had
     */
    public InetSocketAddress listen(int port, Optional<Tls> tls) {
        if (server != null) {
            throw new RealtimeException.InvalidConfig("this module listens already; make another for another port");
        }
        RealtimeServer started = ServiceLoader.load(RealtimeServerFactory.class)
                .findFirst()
                .orElseThrow(() -> new RealtimeException.InvalidConfig(
                        "nothing here can listen: add parley-netty to the dependencies"))
                .create(options.host(), port, tls, options.environment());
        gateway.attachToServer(started);
        mountHealth(started);
        routes.forEach(route -> route.accept(started));
        server = started;
        return started.start();
    }

    /** Mounts {@code /livez} and {@code /readyz}, which never call a provider. */
    public void mountHealth(RealtimeServer on) {
        on.mountHttp("GET", "/livez", request -> HttpResponse.text(200, "ok\n"));
        on.mountHttp(
                "GET",
                "/readyz",
                request -> stopping ? HttpResponse.text(503, "stopping\n") : HttpResponse.text(200, "ready\n"));
    }

    /** Stops: no new clients, 1012 to those that are there, then everything is freed; takes at most some seconds. */
    @Override
    public void close() {
        stopping = true;
        RealtimeServer listening = server;
        if (listening != null) {
            listening.stopAccepting();
        }
        service.stop();
        long deadline = System.nanoTime() + GOODBYES.toNanos();
        while (service.getSessionCount() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        if (listening != null) {
            listening.close();
        }
        service.close();
    }
}
