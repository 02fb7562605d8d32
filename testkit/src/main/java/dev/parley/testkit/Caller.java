package dev.parley.testkit;

import dev.parley.protocol.Json;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client for tests, on the JDK's own WebSocket: connects to a gateway, sends events, waits for events. What it waits
 * for and does not come in time is an {@link AssertionError} that tells what came instead.
 */
public final class Caller implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final BlockingQueue<ObjectNode> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> binaries = new LinkedBlockingQueue<>();
    private final List<String> seen = new ArrayList<>();
    private final CompletableFuture<Closed> closed = new CompletableFuture<>();
    private @Nullable WebSocket socket;
    private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);

    /**
     * How the gateway ended the connection.
     *
     * @param code 1006 if there was no close frame
     */
    public record Closed(int code, String reason) {}

    private Caller() {}

    /** A connected caller; {@code headers} are names and values in turn. */
    public static Caller connect(URI uri, String... headers) {
        Caller caller = new Caller();
        WebSocket.Builder builder = HTTP.newWebSocketBuilder().connectTimeout(PATIENCE);
        for (int i = 0; i < headers.length; i += 2) {
            if (headers[i].equalsIgnoreCase("sec-websocket-protocol")) {
                String[] offer = headers[i + 1].split(", *");
                builder.subprotocols(offer[0], Arrays.copyOfRange(offer, 1, offer.length));
            } else {
                builder.header(headers[i], headers[i + 1]);
            }
        }
        caller.socket = builder.buildAsync(uri, caller.new Ear()).join();
        return caller;
    }

    /** The HTTP status with which a gateway refuses a connection; 101 if it does not. */
    public static int refusal(URI uri, String... headers) {
        try {
            connect(uri, headers).close();
            return 101;
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
    }

    /** Sends a message. */
    public Caller send(String json) {
        WebSocket open = socket();
        sending = sending.thenCompose(before -> open.sendText(json, true));
        return this;
    }

    /** Sends audio in one event: 16-bit little-endian mono PCM. */
    public Caller appendAudio(byte[] pcm) {
        ObjectNode event = Json.object().put("type", "input_audio_buffer.append");
        return send(event.put("audio", java.util.Base64.getEncoder().encodeToString(pcm))
                .toString());
    }

    /** Sends a binary message. */
    public Caller sendBinary(byte[] message) {
        WebSocket open = socket();
        sending = sending.thenCompose(before -> open.sendBinary(ByteBuffer.wrap(message), true));
        return this;
    }

    /** The connection itself. */
    public WebSocket socket() {
        if (socket == null) {
            throw new IllegalStateException("not connected");
        }
        return socket;
    }

    /** The next event, whatever it is; out of its envelope, if there is one. */
    public ObjectNode next() {
        return next(PATIENCE)
                .orElseThrow(() -> new AssertionError("nothing came within " + PATIENCE + "; seen so far: " + seen));
    }

    /** As {@link #next()}; empty if none comes in time. */
    public Optional<ObjectNode> next(Duration timeout) {
        try {
            ObjectNode event = events.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (event == null) {
                return Optional.empty();
            }
            JsonNode inside = event.path("event").asString("").equals("realtime") ? event.path("data") : event;
            seen.add(inside.path("type").asString("?"));
            return Optional.of((ObjectNode) inside);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The next binary message; those that came before an event are here when {@link #next()} answers that. */
    public byte[] nextBinary() throws InterruptedException {
        byte[] message = binaries.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (message == null) {
            throw new AssertionError("no binary message came within " + PATIENCE + "; events so far: " + seen);
        }
        return message;
    }

    /** The binary messages that have come and were not asked for. */
    public List<byte[]> binaries() {
        List<byte[]> all = new ArrayList<>();
        binaries.drainTo(all);
        return all;
    }

    /** The next event as it stands on the wire, in its envelope. */
    public ObjectNode nextRaw() throws InterruptedException {
        ObjectNode event = events.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (event == null) {
            throw new AssertionError("nothing came within " + PATIENCE);
        }
        return event;
    }

    /** The next event of a type; those before it are passed over. */
    public ObjectNode next(String type) {
        while (true) {
            ObjectNode event = next();
            if (event.path("type").asString("").equals(type)) {
                return event;
            }
        }
    }

    /** Waits for the end of the connection. */
    public Closed closed() {
        try {
            return closed.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("the connection was not closed within " + PATIENCE + "; seen so far: " + seen, e);
        }
    }

    /** Breaks the connection without a close frame. */
    public void vanish() {
        socket().abort();
    }

    /** Closes with 1000, if it is still open. */
    @Override
    public void close() {
        if (socket != null && !socket.isOutputClosed()) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
        }
    }

    private final class Ear implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();
        private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                events.add(Json.parse(message.toString().getBytes(StandardCharsets.UTF_8)));
                message.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            byte[] part = new byte[data.remaining()];
            data.get(part);
            binary.writeBytes(part);
            if (last) {
                binaries.add(binary.toByteArray());
                binary.reset();
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(new Closed(code, reason));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.complete(new Closed(1006, error.getClass().getSimpleName()));
        }
    }
}
