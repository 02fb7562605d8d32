package dev.parley.testkit.gemini;

import dev.parley.protocol.Json;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A client of Gemini Live for tests of the fake server, on the JDK's WebSocket. */
final class GeminiCaller implements WebSocket.Listener, AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    static final String PATH = "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent";

    private final BlockingQueue<ObjectNode> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
    private final List<Boolean> binaries = new ArrayList<>();
    private @Nullable WebSocket socket;

    static GeminiCaller connect(FakeGeminiServer server, String path, String key) {
        GeminiCaller caller = new GeminiCaller();
        caller.socket = HTTP.newWebSocketBuilder()
                .header("x-goog-api-key", key)
                .buildAsync(URI.create(server.baseUrl() + path), caller)
                .join();
        return caller;
    }

    /** A caller that has sent a setup with these fields and had its answer. */
    static GeminiCaller setUp(FakeGeminiServer server, String fields) {
        GeminiCaller caller = connect(server, PATH, FakeGeminiServer.key());
        caller.send("{'setup':{'model':'models/gemini-2.5-flash-native-audio-preview-12-2025'" + fields + "}}");
        caller.next("setupComplete");
        return caller;
    }

    GeminiCaller send(String json) {
        socket().sendText(json.replace('\'', '"'), true).join();
        return this;
    }

    private WebSocket socket() {
        if (socket == null) {
            throw new IllegalStateException("not connected");
        }
        return socket;
    }

    ObjectNode next() {
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (System.nanoTime() < deadline) {
                // What came before the close is in the queue before the close is known.
                boolean over = closed.isDone();
                ObjectNode next = messages.poll(over ? 0 : 50, TimeUnit.MILLISECONDS);
                if (next != null) {
                    return next;
                }
                if (over) {
                    break;
                }
            }
            throw new AssertionError("nothing came; closed: " + closed.getNow("no"));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    ObjectNode next(String field) {
        while (true) {
            ObjectNode next = next();
            if (next.has(field)) {
                return next;
            }
        }
    }

    /** How it ended: code and reason. */
    String closed() {
        return closed.orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** Whether each message came in binary frames. */
    List<Boolean> binaries() {
        return binaries;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        binaries.add(false);
        messages.add(Json.parse(data.toString().getBytes(StandardCharsets.UTF_8)));
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        binary.writeBytes(bytes);
        if (last) {
            binaries.add(true);
            messages.add(Json.parse(binary.toByteArray()));
            binary.reset();
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code + " " + reason);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.complete("1006 " + error);
    }

    @Override
    public void close() {
        socket().abort();
    }
}
