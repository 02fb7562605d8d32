package dev.parley.netty;

import dev.parley.dialect.Dialect;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import dev.parley.transport.Admission.Wrapping;
import dev.parley.transport.Connector.Dial;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;

/** The client's half of the WebSocket handshake (RFC 6455 section 4.1); makes way for the {@link SocketLeg}. */
final class ClientHandshake extends ChannelInboundHandlerAdapter {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Dial dial;
    private final Dialect dialect;
    private final NettyLane lane;
    private final DialledLeg leg;
    private final Runnable timeout;
    private final String key;
    private boolean accepted;

    ClientHandshake(Dial dial, Dialect dialect, NettyLane lane, DialledLeg leg, Runnable timeout) {
        this.dial = dial;
        this.dialect = dialect;
        this.lane = lane;
        this.leg = leg;
        this.timeout = timeout;
        byte[] nonce = new byte[16];
        RANDOM.nextBytes(nonce);
        this.key = Base64.getEncoder().encodeToString(nonce);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (ctx.pipeline().get(SslHandler.class) == null) {
            ask(ctx);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                ask(ctx);
            } else {
                fail(
                        Failure.PROVIDER_UNREACHABLE,
                        "the TLS connection to " + dial.uri().getHost()
                                + " failed; is its certificate valid for that name, and trusted?");
            }
        }
    }

    private void ask(ChannelHandlerContext ctx) {
        URI uri = dial.uri();
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        HttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.GET,
                uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
        request.headers()
                .set(HttpHeaderNames.HOST, uri.getPort() > 0 ? uri.getHost() + ":" + uri.getPort() : uri.getHost())
                .set(HttpHeaderNames.UPGRADE, "websocket")
                .set(HttpHeaderNames.CONNECTION, "Upgrade")
                .set(HttpHeaderNames.SEC_WEBSOCKET_KEY, key)
                .set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
        dial.headers().forEach((name, value) -> request.headers().set(name, value));
        ctx.writeAndFlush(request);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof HttpResponse response) {
                accepted = accepts(response);
            }
            // The answer's end is the last thing that is HTTP.
            if (message instanceof LastHttpContent && accepted && !leg.over()) {
                makeWay(ctx);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private boolean accepts(HttpResponse response) {
        if (response.decoderResult().isFailure()) {
            fail(Failure.PROVIDER_REFUSED, "the provider's answer to the handshake is not HTTP");
        } else if (!response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            fail(Failure.PROVIDER_REFUSED, refusal(response.status()));
        } else {
            boolean asked = dial.headers().keySet().stream()
                    .anyMatch(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL::contentEqualsIgnoreCase);
            String fault = Handshake.answerFault(response, key, asked);
            if (fault == null) {
                return true;
            }
            fail(Failure.PROVIDER_REFUSED, "the provider's answer to the handshake " + fault);
        }
        return false;
    }

    private void makeWay(ChannelHandlerContext ctx) {
        timeout.run();
        SocketLeg socket = new SocketLeg(
                SocketLeg.Peer.PROVIDER,
                ctx.channel(),
                lane,
                dialect,
                Wrapping.PLAIN,
                dial.maxMessage(),
                dial.idle(),
                Duration.ZERO,
                leg);
        // What is sent from now on is no HTTP; what came behind the answer is passed on when the rest goes, too.
        HttpClientCodec http = ctx.pipeline().get(HttpClientCodec.class);
        http.removeOutboundHandler();
        // Before anything is sent, since what is sent may fill the socket, and that it takes more is told in the
        // pipeline.
        ctx.pipeline().addLast(socket);
        leg.connected(socket);
        ctx.pipeline().remove(this);
        ctx.pipeline().remove(http);
    }

    /** The body is left out: a provider may quote the key in it. */
    private static String refusal(HttpResponseStatus status) {
        String hint =
                switch (status.code()) {
                    case 401, 403 -> "; check its key, and whether that may use this model";
                    case 404 -> "; check its base URL and the model's name";
                    case 429 -> "; its rate limit or quota is used up";
                    default -> "";
                };
        return "the provider answered the connection with HTTP " + status.code() + hint;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(Failure.PROVIDER_UNREACHABLE, "the provider closed the connection during the handshake");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(
                Failure.PROVIDER_UNREACHABLE,
                "the handshake with " + dial.uri().getHost() + " failed ("
                        + cause.getClass().getSimpleName() + ")");
    }

    private void fail(Failure failure, String text) {
        timeout.run();
        leg.failed(CloseReason.of(failure, text));
    }
}
