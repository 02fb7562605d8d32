package dev.parley.netty;

import dev.parley.dialect.Dialect;
import dev.parley.lane.Lane;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import dev.parley.transport.Connector;
import dev.parley.transport.HttpCall;
import dev.parley.transport.HttpResponse;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Opens WebSockets on Netty, and makes HTTP requests with the JDK's client. On a {@link NettyLane} a connection lives on the lane's own event loop; for any other lane
 * it lives on a loop of the connector's, and each call crosses over once. Names are resolved on a virtual thread.
 */
public final class NettyConnector implements Connector {
    /** Low, so that what waits does so in the session's outbox, from where it can be dropped. */
    static final WriteBufferWaterMark MARKS = new WriteBufferWaterMark(64 << 10, 128 << 10);

    private final HttpExchanges exchanges = new HttpExchanges();
    private final ReentrantLock lock = new ReentrantLock();
    private Map<String, String> environment = System.getenv();
    private @Nullable EventLoopGroup group;
    private @Nullable Transport transport;
    private @Nullable SslContext tls;

    @Override
    public void configure(Map<String, String> variables) {
        lock.lock();
        try {
            environment = variables;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Lane newLane() {
        lock.lock();
        try {
            if (group == null || transport == null) {
                transport = Transport.of(environment);
                group = transport.group(Transport.loops(environment));
            }
            return new NettyLane(group.next(), transport);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Leg connect(Dial dial, Dialect dialect, Lane lane, LegListener listener) {
        if (!(lane instanceof NettyLane here)) {
            return CrossingLeg.connect(this, dial, dialect, lane, (NettyLane) newLane(), listener);
        }
        DialledLeg leg = new DialledLeg(lane, listener);
        Runnable timeout = lane.schedule(
                () -> leg.failed(CloseReason.of(
                        Failure.PROVIDER_TIMEOUT,
                        "no connection to " + dial.uri().getHost() + " within "
                                + dial.timeout().toMillis() + " ms")),
                dial.timeout());
        Thread.ofVirtual().name("parley-resolve").start(() -> {
            try {
                InetAddress address = InetAddress.getByName(dial.uri().getHost());
                lane.execute(() -> open(dial, dialect, here, leg, address, timeout));
            } catch (UnknownHostException e) {
                lane.execute(() -> {
                    timeout.run();
                    leg.failed(CloseReason.of(
                            Failure.PROVIDER_UNREACHABLE,
                            "the host name " + dial.uri().getHost() + " is unknown"));
                });
            }
        });
        return leg;
    }

    @Override
    public CompletableFuture<HttpResponse> exchange(HttpCall call) {
        return exchanges.exchange(call);
    }

    private void open(
            Dial dial, Dialect dialect, NettyLane lane, DialledLeg leg, InetAddress address, Runnable timeout) {
        if (leg.over()) {
            timeout.run();
            return;
        }
        boolean secure = dial.uri().getScheme().toLowerCase(Locale.ROOT).equals("wss");
        int port = dial.uri().getPort() > 0 ? dial.uri().getPort() : secure ? 443 : 80;
        SslContext context = secure ? tls() : null;
        ChannelFuture connecting = new Bootstrap()
                .group(lane.loop())
                .channel(lane.transport().connecting())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        dial.timeout().toMillis())
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, MARKS)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (context != null) {
                            SslHandler handler = context.newHandler(
                                    channel.alloc(), dial.uri().getHost(), port);
                            handler.setHandshakeTimeoutMillis(dial.timeout().toMillis());
                            channel.pipeline().addLast(handler);
                        }
                        channel.pipeline().addLast(new HttpClientCodec());
                        channel.pipeline().addLast(new ClientHandshake(dial, dialect, lane, leg, timeout));
                    }
                })
                .connect(new InetSocketAddress(address, port));
        leg.connecting(connecting.channel());
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                timeout.run();
                leg.failed(CloseReason.of(
                        Failure.PROVIDER_UNREACHABLE,
                        "no connection to " + dial.uri().getHost() + " port " + port + " (" + reason(done.cause())
                                + ")"));
            }
        });
    }

    private static String reason(Throwable failure) {
        return switch (failure) {
            case ConnectTimeoutException timeout -> "no answer";
            case ConnectException refused -> "connection refused";
            default -> failure.getClass().getSimpleName();
        };
    }

    private SslContext tls() {
        lock.lock();
        try {
            if (tls == null) {
                tls = SslContextBuilder.forClient()
                        .endpointIdentificationAlgorithm("HTTPS")
                        .protocols("TLSv1.3", "TLSv1.2")
                        .build();
            }
            return tls;
        } catch (SSLException e) {
            throw new IllegalStateException("this JVM has no TLS", e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        exchanges.close();
        lock.lock();
        try {
            if (group != null) {
                group.shutdownGracefully(0, 2, TimeUnit.SECONDS);
            }
        } finally {
            lock.unlock();
        }
    }
}
