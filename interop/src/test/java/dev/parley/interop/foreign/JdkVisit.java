package dev.parley.interop.foreign;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client on the JDK's WebSocket; what it gets, it keeps in order: messages, {@code pong …}, {@code close …}. */
final class JdkVisit implements WebSocket.Listener {
    private final BlockingQueue<String> got = new LinkedBlockingQueue<>();
    private final StringBuilder message = new StringBuilder();
    private final WebSocket socket;
    private CompletableFuture<WebSocket> sending = CompletableFuture.completedFuture(null);

    JdkVisit(URI uri) {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(uri, this)
                .join();
    }

    /** Sends a message in fragments, with a ping between them. */
    void send(String... fragments) {
        for (int i = 0; i < fragments.length; i++) {
            boolean last = i == fragments.length - 1;
            String part = fragments[i];
            sending = sending.thenCompose(before -> socket.sendText(part, last));
            if (!last) {
                ByteBuffer mine = ByteBuffer.wrap(("mine " + i).getBytes(StandardCharsets.US_ASCII));
                sending = sending.thenCompose(before -> socket.sendPing(mine));
            }
        }
    }

    String next() throws InterruptedException {
        String next = got.poll(15, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing came within 15 s");
        }
        return next;
    }

    /** The next that is no pong. */
    String nextEvent() throws InterruptedException {
        String next = next();
        while (next.startsWith("pong")) {
            next = next();
        }
        return next;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        message.append(data);
        if (last) {
            got.add(message.toString());
            message.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer data) {
        got.add("pong " + StandardCharsets.US_ASCII.decode(data));
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        got.add("close " + code + " " + reason);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        got.add("error " + error);
    }
}
