package dev.parley.netty;

import dev.parley.leg.LegListener;
import dev.parley.protocol.Bytes;
import dev.parley.transport.Admission;
import dev.parley.transport.HttpRequest;
import dev.parley.transport.HttpResponse;
import dev.parley.transport.UpgradeRequest;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers HTTP requests, and turns a connection into a WebSocket (RFC 6455 section 4.2) where one is admitted. */
final class HttpFront extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);
    /** How long a whole request may take to come, and how long a connection without one is kept. */
    private static final int REQUEST_SECONDS = 30;

    private final NettyServer server;
    private final boolean secure;
    private @Nullable Future<?> deadline;
    /** Requests that are being answered: one, or none. */
    private int unanswered;
    /** Those behind it, as many as one read of the socket may bring. */
    private final Deque<FullHttpRequest> waiting = new ArrayDeque<>();
    /** Whether an answer is being streamed. */
    private boolean streaming;

    HttpFront(NettyServer server, boolean secure) {
        this.server = server;
        this.secure = secure;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        expectRequest(ctx);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (deadline != null) {
            deadline.cancel(false);
        }
        waiting.forEach(FullHttpRequest::release);
        waiting.clear();
    }

    /** A time for the whole of it, since one that begins anew with each byte never ends for who sends them slowly. */
    private void expectRequest(ChannelHandlerContext ctx) {
        if (deadline != null) {
            deadline.cancel(false);
        }
        deadline = ctx.executor().schedule(() -> ctx.close(), REQUEST_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Whoever does not wait for answers, or does not read them, is read no more meanwhile; but a stream has to learn that its
     * client has gone.
     */
    private void read(ChannelHandlerContext ctx) {
        ctx.channel()
                .config()
                .setAutoRead(streaming || (unanswered == 0 && ctx.channel().isWritable()));
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        read(ctx);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (streaming) {
            // Its answer would have to wait for the end of a stream that may have none.
            ctx.close();
        } else if (unanswered > 0) {
            // One read may bring several; their answers keep their order (RFC 9112 section 9.3.2).
            waiting.add(request.retain());
        } else {
            take(ctx, request);
        }
    }

    /** Takes what waits, as far as nothing before it is unanswered. */
    private void next(ChannelHandlerContext ctx) {
        while (unanswered == 0 && !waiting.isEmpty()) {
            FullHttpRequest request = waiting.remove();
            try {
                take(ctx, request);
            } finally {
                request.release();
            }
        }
    }

    private void take(ChannelHandlerContext ctx, FullHttpRequest request) {
        expectRequest(ctx);
        if (request.decoderResult().isFailure()) {
            answer(ctx, request, HttpResponse.text(400, "This is not an HTTP request that can be read.\n"));
            return;
        }
        QueryStringDecoder target;
        String path;
        Map<String, String> query = new HashMap<>();
        try {
            target = new QueryStringDecoder(withoutHost(request.uri()));
            path = target.path();
            target.parameters().forEach((name, values) -> query.put(name, values.getFirst()));
        } catch (IllegalArgumentException e) {
            answer(ctx, request, HttpResponse.text(400, "The address of the request cannot be read.\n"));
            return;
        }
        NettyServer.Socket socket = server.socket(path);
        boolean upgrade = request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
        if (socket != null && upgrade) {
            upgrade(ctx, request, path, query, socket);
        } else if (socket != null && server.handlers(path).isEmpty()) {
            answer(ctx, request, HttpResponse.upgradeRequired(path));
        } else {
            plain(ctx, request, path, query);
        }
    }

    /** A request's target may have scheme and host before the path (RFC 6455 section 4.2.1, RFC 9112 section 3.2.2). */
    private static String withoutHost(String target) {
        if (!target.regionMatches(true, 0, "http://", 0, 7) && !target.regionMatches(true, 0, "https://", 0, 8)) {
            return target;
        }
        int path = target.indexOf('/', target.indexOf("//") + 2);
        return path < 0 ? "/" : target.substring(path);
    }

    // ---- WebSockets
    // --------------------------------------------------------------------------------------------------

    private void upgrade(
            ChannelHandlerContext ctx,
            FullHttpRequest request,
            String path,
            Map<String, String> query,
            NettyServer.Socket socket) {
        HttpResponse wrong = Handshake.requestFault(request);
        if (wrong != null) {
            answer(ctx, request, wrong);
            return;
        }
        String key = request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY).strip();
        UpgradeRequest wish = new UpgradeRequest(path, query, headers(request), remote(ctx), secure);
        // Nothing of what follows may be read as HTTP while the answer is thought of.
        unanswered++;
        read(ctx);
        FullHttpRequest kept = request.retain();
        socket.admission().apply(wish).whenComplete((admission, failure) -> {
            if (ctx.executor().inEventLoop()) {
                decided(ctx, kept, key, socket, admission, failure);
            } else {
                ctx.executor().execute(() -> decided(ctx, kept, key, socket, admission, failure));
            }
        });
    }

    private void decided(
            ChannelHandlerContext ctx,
            FullHttpRequest request,
            String key,
            NettyServer.Socket socket,
            @Nullable Admission admission,
            @Nullable Throwable failure) {
        try {
            unanswered--;
            read(ctx);
            switch (admission) {
                case null -> {
                    LOG.error(
                            "An admission failed with {}",
                            failure == null ? "no answer" : failure.getClass().getName());
                    answer(ctx, request, HttpResponse.text(500, "The gateway failed to decide on this client.\n"));
                }
                case Admission.Refused refused ->
                    answer(ctx, request, HttpResponse.error(refused.status(), refused.error()));
                case Admission.Admitted admitted -> admit(ctx, key, socket, admitted);
            }
        } catch (RuntimeException e) {
            LOG.error("A session could not begin: {}", e.getClass().getName());
            if (admission instanceof Admission.Admitted admitted) {
                admitted.session().abandoned();
            }
            answer(ctx, request, HttpResponse.text(500, "The gateway failed to begin a session.\n"));
        } finally {
            request.release();
        }
        next(ctx);
    }

    private void admit(ChannelHandlerContext ctx, String key, NettyServer.Socket socket, Admission.Admitted admitted) {
        if (!ctx.channel().isActive()) {
            admitted.session().abandoned();
            return;
        }
        NettyLane lane = new NettyLane(ctx.channel().eventLoop(), server.transport());
        SocketLeg leg = new SocketLeg(
                SocketLeg.Peer.CLIENT,
                ctx.channel(),
                lane,
                admitted.dialect(),
                admitted.wrapping(),
                socket.route().maxMessage(),
                socket.route().idle(),
                socket.route().farewell(),
                null);
        // Before the client may know of it, so that a client that does has a session, and is told if that ends.
        LegListener session = admitted.session().begin(leg, lane);
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, Unpooled.EMPTY_BUFFER);
        response.headers()
                .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, Handshake.accept(key));
        admitted.subprotocol().ifPresent(name -> response.headers().set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, name));
        ctx.writeAndFlush(response);

        // What is sent from now on is no HTTP; what came behind the request is passed on when the rest goes, too.
        HttpServerCodec http = ctx.pipeline().get(HttpServerCodec.class);
        http.removeOutboundHandler();
        leg.begin(session);
        ctx.pipeline().addLast(leg);
        ctx.channel().config().setAutoRead(true);
        ctx.pipeline().remove("whole");
        ctx.pipeline().remove("front");
        ctx.pipeline().remove(http);
    }

    // ---- Plain HTTP
    // --------------------------------------------------------------------------------------------------

    private void plain(ChannelHandlerContext ctx, FullHttpRequest request, String path, Map<String, String> query) {
        Map<String, Function<HttpRequest, HttpResponse>> handlers = server.handlers(path);
        String method = request.method().name();
        Function<HttpRequest, HttpResponse> handler = handlers.get(method.equals("HEAD") ? "GET" : method);
        if (handler == null) {
            answer(
                    ctx,
                    request,
                    handlers.isEmpty()
                            ? HttpResponse.text(404, "There is nothing at this address.\n")
                            : new HttpResponse(
                                    405,
                                    Map.of("allow", String.join(", ", handlers.keySet())),
                                    Bytes.utf8("This address does not take " + method + ".\n")));
            return;
        }
        HttpRequest asked = new HttpRequest(
                method,
                path,
                query,
                headers(request),
                Bytes.of(ByteBufUtil.getBytes(request.content())),
                remote(ctx),
                secure);
        FullHttpRequest kept = request.retain();
        unanswered++;
        read(ctx);
        Thread.ofVirtual().name("parley-http").start(() -> {
            HttpResponse response;
            try {
                response = handler.apply(asked);
            } catch (RuntimeException e) {
                LOG.error("{} {} failed with {}", method, path, e.getClass().getName());
                response = HttpResponse.text(500, "The gateway failed to answer.\n");
            }
            HttpResponse known = response;
            if (known.stream().isPresent() && !method.equals("HEAD")) {
                new StreamedAnswer(this, ctx, kept).run(known, known.stream().get());
                return;
            }
            ctx.executor().execute(() -> {
                answer(ctx, kept, known);
                answered(ctx, kept);
            });
        });
    }

    private void answered(ChannelHandlerContext ctx, FullHttpRequest request) {
        request.release();
        unanswered--;
        next(ctx);
        read(ctx);
    }

    /** An answer goes out in parts from now on. */
    void streams(ChannelHandlerContext ctx) {
        streaming = true;
        if (deadline != null) {
            deadline.cancel(false);
        }
        read(ctx);
    }

    /** The answer in parts has ended. */
    void streamed(ChannelHandlerContext ctx, FullHttpRequest request) {
        streaming = false;
        expectRequest(ctx);
        answered(ctx, request);
    }

    private static void answer(ChannelHandlerContext ctx, FullHttpRequest request, HttpResponse response) {
        int length = response.body().length();
        boolean head = request.method().equals(HttpMethod.HEAD);
        FullHttpResponse out = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(response.status()),
                head
                        ? Unpooled.EMPTY_BUFFER
                        : Unpooled.wrappedBuffer(response.body().array(0, length)));
        response.headers().forEach((name, value) -> out.headers().set(name, value));
        if (response.status() == 304) {
            // Its length would be taken for that of what is still the same (RFC 9110 section 8.6).
            HttpUtil.setTransferEncodingChunked(out, false);
        } else if (response.stream().isEmpty()) {
            out.headers().set(HttpHeaderNames.CONTENT_LENGTH, length);
        } else {
            HttpUtil.setTransferEncodingChunked(out, true);
        }
        boolean keep = HttpUtil.isKeepAlive(request) && !request.decoderResult().isFailure();
        HttpUtil.setKeepAlive(out, keep);
        var written = ctx.writeAndFlush(out);
        if (!keep) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    private static Map<String, String> headers(FullHttpRequest request) {
        Map<String, String> headers = new HashMap<>();
        for (String name : request.headers().names()) {
            List<String> values = request.headers().getAll(name);
            headers.merge(name.toLowerCase(Locale.ROOT), String.join(", ", values), (a, b) -> a + ", " + b);
        }
        return headers;
    }

    private static String remote(ChannelHandlerContext ctx) {
        String address = String.valueOf(ctx.channel().remoteAddress());
        return address.startsWith("/") ? address.substring(1) : address;
    }
}
