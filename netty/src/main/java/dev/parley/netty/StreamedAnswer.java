package dev.parley.netty;

import dev.parley.protocol.Bytes;
import dev.parley.transport.HttpResponse;
import dev.parley.transport.HttpStream;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An answer that goes out in parts, on the virtual thread of its handler; one part at a time is under way. */
final class StreamedAnswer {
    private static final Logger LOG = LoggerFactory.getLogger(StreamedAnswer.class);
    /** How long a client may take for a part. */
    private static final int PART_SECONDS = 30;

    private final HttpFront front;
    private final ChannelHandlerContext ctx;
    private final FullHttpRequest request;
    private final boolean parts;
    private final boolean keep;

    /** An answer to a request, which it releases. */
    StreamedAnswer(HttpFront front, ChannelHandlerContext ctx, FullHttpRequest request) {
        this.front = front;
        this.ctx = ctx;
        this.request = request;
        // HTTP/1.0 knows no parts: there the end of the connection is the end.
        this.parts = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
        this.keep = parts && HttpUtil.isKeepAlive(request);
    }

    /** Writes the answer; returns when it has ended or the client has gone. */
    void run(HttpResponse response, HttpStream stream) {
        Thread writer = Thread.currentThread();
        ChannelFutureListener gone = closed -> writer.interrupt();
        boolean whole = false;
        try {
            ctx.executor().execute(() -> begin(response));
            ctx.channel().closeFuture().addListener(gone);
            stream.write(this::send);
            whole = true;
        } catch (IOException | InterruptedException e) {
            // The client has gone, or the server closes.
        } catch (RuntimeException e) {
            LOG.error("A streamed answer failed with {}", e.getClass().getName());
        } finally {
            ctx.channel().closeFuture().removeListener(gone);
            over(whole);
        }
    }

    private void over(boolean whole) {
        try {
            ctx.executor().execute(() -> end(whole));
        } catch (RejectedExecutionException e) {
            // Nothing is left of the server.
            request.release();
        }
    }

    private void begin(HttpResponse response) {
        front.streams(ctx);
        var head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()));
        response.headers().forEach((name, value) -> head.headers().set(name, value));
        HttpUtil.setTransferEncodingChunked(head, parts);
        HttpUtil.setKeepAlive(head, keep);
        ctx.writeAndFlush(head);
    }

    private void send(Bytes part) throws IOException, InterruptedException {
        if (part.length() == 0) {
            // In chunks it would be the last.
            return;
        }
        CompletableFuture<Void> taken = new CompletableFuture<>();
        ctx.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(part.array(0, part.length()))))
                .addListener(done -> {
                    if (done.isSuccess()) {
                        taken.complete(null);
                    } else {
                        taken.completeExceptionally(done.cause());
                    }
                });
        try {
            taken.get(PART_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the client has gone, or takes nothing", e);
        }
    }

    private void end(boolean whole) {
        if (whole) {
            var last = ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
            if (!keep) {
                last.addListener(ChannelFutureListener.CLOSE);
            }
        } else {
            ctx.close();
        }
        front.streamed(ctx, request);
    }
}
