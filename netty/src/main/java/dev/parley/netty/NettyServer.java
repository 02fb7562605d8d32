package dev.parley.netty;

import dev.parley.RealtimeException;
import dev.parley.transport.Admission;
import dev.parley.transport.HttpRequest;
import dev.parley.transport.HttpResponse;
import dev.parley.transport.HttpRoutes;
import dev.parley.transport.RealtimeServer;
import dev.parley.transport.RealtimeServerFactory.Tls;
import dev.parley.transport.UpgradeRequest;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A server on Netty: HTTP/1.1 until a WebSocket's handshake, frames of Parley's own from then on. */
public final class NettyServer implements RealtimeServer {
    private static final int MAX_BODY = 1 << 20;
    private static final int BACKLOG = 4096;

    /** A mounted WebSocket. */
    record Socket(SocketRoute route, Function<UpgradeRequest, CompletionStage<Admission>> admission) {}

    private final String host;
    private final int port;
    private final @Nullable SslContext tls;
    private final Map<String, Socket> sockets = new ConcurrentHashMap<>();
    private final HttpRoutes http = new HttpRoutes();
    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Transport transport;
    private final EventLoopGroup group;
    private @Nullable Channel listening;

    /** A server that has not started. */
    NettyServer(String host, int port, Optional<Tls> tls, Map<String, String> environment) {
        this.host = host;
        this.port = port;
        this.tls = tls.map(NettyServer::context).orElse(null);
        this.transport = Transport.of(environment);
        this.group = transport.group(Transport.loops(environment));
    }

    /** What its sockets are made of. */
    Transport transport() {
        return transport;
    }

    private static SslContext context(Tls files) {
        try {
            return SslContextBuilder.forServer(
                            files.certificate().toFile(), files.key().toFile())
                    .build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new RealtimeException.InvalidConfig("the certificate " + files.certificate() + " with the key "
                    + files.key() + " cannot be used; both must be PEM files, the key PKCS#8 without a password");
        }
    }

    @Override
    public void mountWebSocket(SocketRoute route, Function<UpgradeRequest, CompletionStage<Admission>> admission) {
        sockets.put(route.path(), new Socket(route, admission));
    }

    @Override
    public void mountHttp(String method, String path, Function<HttpRequest, HttpResponse> handler) {
        http.mount(method, path, handler);
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

    @Override
    public InetSocketAddress start() {
        ChannelFuture bound = new ServerBootstrap()
                .group(group)
                .channel(transport.listening())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, NettyConnector.MARKS)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel);
                    }
                })
                .bind(host, port)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw new RealtimeException.InvalidConfig("cannot listen on " + host + " port " + port + ": "
                    + bound.cause().getMessage() + ". Is it in use? Choose another port (0: any that is free)");
        }
        listening = bound.channel();
        return (InetSocketAddress) bound.channel().localAddress();
    }

    /** Makes a new connection one that speaks HTTP. */
    void accept(Channel channel) {
        open.add(channel);
        if (tls != null) {
            channel.pipeline().addLast(tls.newHandler(channel.alloc()));
        }
        channel.pipeline()
                .addLast(new HttpServerCodec())
                .addLast("whole", new HttpObjectAggregator(MAX_BODY))
                .addLast("front", new HttpFront(this, tls != null));
    }

    @Override
    public void stopAccepting() {
        if (listening != null) {
            listening.close().awaitUninterruptibly();
        }
    }

    @Override
    public void close() {
        stopAccepting();
        open.close().awaitUninterruptibly(2, TimeUnit.SECONDS);
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }
}
