package dev.parley.netty;

import dev.parley.RealtimeException;
import dev.parley.lane.Mailbox;
import dev.parley.protocol.Bytes;
import dev.parley.transport.HttpCall;
import dev.parley.transport.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * HTTP requests to providers, which are few, by the JDK's client; made when first used. Safe for use by all threads.
 */
final class HttpExchanges implements AutoCloseable {
    private static final Duration GOODBYES = Duration.ofSeconds(2);

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable HttpClient client;
    private boolean closed;

    CompletableFuture<HttpResponse> exchange(HttpCall call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(call.uri())
                .timeout(call.timeout())
                .method(
                        call.method(),
                        call.body().length() == 0
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(
                                        call.body().array(0, call.body().length())));
        call.headers().forEach(request::setHeader);
        CompletableFuture<java.net.http.HttpResponse<byte[]>> sent;
        lock.lock();
        try {
            if (closed) {
                return CompletableFuture.failedFuture(failed(call, "the gateway is stopping"));
            }
            if (client == null) {
                client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .executor(Mailbox.threads())
                        .build();
            }
            sent = client.sendAsync(request.build(), head -> new BoundedBody(call.maxBody()));
        } finally {
            lock.unlock();
        }
        // The request's own timeout ends with the answer's head.
        CompletableFuture<java.net.http.HttpResponse<byte[]>> answered =
                sent.copy().orTimeout(call.timeout().toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<HttpResponse> result = new CompletableFuture<>();
        answered.whenCompleteAsync(
                (response, failure) -> {
                    if (response != null) {
                        result.complete(
                                new HttpResponse(response.statusCode(), headers(response), Bytes.of(response.body())));
                    } else {
                        sent.cancel(true);
                        result.completeExceptionally(failed(call, reason(failure)));
                    }
                },
                Mailbox.threads());
        return result;
    }

    private static Map<String, String> headers(java.net.http.HttpResponse<?> response) {
        Map<String, String> headers = new LinkedHashMap<>();
        response.headers()
                .map()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        return headers;
    }

    /** The failure's own text is left out: it may quote what was sent or received. */
    private static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return switch (cause) {
            case HttpTimeoutException late -> "no answer in time";
            case TimeoutException late -> "no answer in time";
            case BoundedBody.TooLong tooLong -> "its answer is too long";
            default ->
                cause.getCause() instanceof BoundedBody.TooLong
                        ? "its answer is too long"
                        : cause.getClass().getSimpleName();
        };
    }

    private static RealtimeException failed(HttpCall call, String reason) {
        return new RealtimeException.ConnectionFailed(
                "no answer from " + call.uri().getHost() + " (" + reason + ")");
    }

    /** Makes no more requests; those under way, such as the ends of calls, get a moment. */
    @Override
    public void close() {
        HttpClient left;
        lock.lock();
        try {
            closed = true;
            left = client;
        } finally {
            lock.unlock();
        }
        if (left == null) {
            return;
        }
        left.shutdown();
        try {
            if (!left.awaitTermination(GOODBYES)) {
                left.shutdownNow();
            }
        } catch (InterruptedException e) {
            left.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** The body of an answer, of which no more than so much is taken. */
    private static final class BoundedBody implements BodySubscriber<byte[]> {
        private final int most;
        private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private @Nullable Subscription subscription;

        BoundedBody(int most) {
            this.most = most;
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return whole;
        }

        @Override
        public void onSubscribe(Subscription now) {
            subscription = now;
            now.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                if (bytes.size() + buffer.remaining() > most) {
                    if (subscription != null) {
                        subscription.cancel();
                    }
                    whole.completeExceptionally(new TooLong());
                    return;
                }
                byte[] piece = new byte[buffer.remaining()];
                buffer.get(piece);
                bytes.writeBytes(piece);
            }
        }

        @Override
        public void onError(Throwable failure) {
            whole.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            whole.complete(bytes.toByteArray());
        }

        /** The body is longer than is taken. */
        static final class TooLong extends IOException {
            private static final long serialVersionUID = 1L;
        }
    }
}
