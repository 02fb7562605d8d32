package dev.parley.tools.mcp;

import dev.parley.protocol.Json;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpTransportSessionNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One connection to a server, by the SDK's client. Over stdio it ends with the server's process; over HTTP it outlives
 * the server's sessions, since the client opens another when its own is not known any more.
 */
final class Connection implements AutoCloseable {
    private static final McpJsonMapper JSON = new JacksonMcpJsonMapper(Json.mapper());
    /** How long a server has to answer a ping after one of its streams has failed. */
    private static final Duration PING = Duration.ofSeconds(5);

    private static final Duration FAREWELL = Duration.ofSeconds(8);

    private final CallTransport transport;
    private final @Nullable StdioTransport stdio;
    private final McpAsyncClient client;
    private final Duration patience;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile boolean over;

    /**
     * A connection that is not open yet.
     *
     * @param patience how long the server may take to answer, but for calls of tools
     * @param longestCall how long the longest call of a tool may take
     * @param changed gets the server's tools when it tells that they have changed
     */
    Connection(
            String label,
            McpServer server,
            Duration patience,
            Duration longestCall,
            Consumer<List<McpSchema.Tool>> changed) {
        this.patience = patience;
        McpClientTransport way;
        switch (server) {
            case McpServer.Stdio program -> {
                stdio = new StdioTransport(program, label, JSON, this::lost);
                way = stdio;
            }
            case McpServer.Http address -> {
                stdio = null;
                way = http(address, patience);
            }
        }
        transport = new CallTransport(way, this::broken);
        client = McpClient.async(transport)
                .clientInfo(
                        McpSchema.Implementation.builder("parley", version()).build())
                .initializationTimeout(patience)
                // A backstop: whoever calls waits for less, and cancels.
                .requestTimeout(
                        longestCall.compareTo(patience) > 0 ? longestCall.plus(FAREWELL) : patience.plus(FAREWELL))
                .jsonSchemaValidator((schema, result) -> ValidationResponse.asValid(""))
                .toolsChangeConsumer(tools -> Mono.fromRunnable(() -> changed.accept(tools)))
                .build();
    }

    private static String version() {
        String version = Connection.class.getPackage().getImplementationVersion();
        return version == null ? "0" : version;
    }

    private static McpClientTransport http(McpServer.Http address, Duration patience) {
        HttpRequest.Builder request = HttpRequest.newBuilder();
        address.headers().forEach(request::header);
        String path = address.url().getRawPath().isEmpty() ? "/" : address.url().getRawPath();
        String query =
                address.url().getRawQuery() == null ? "" : "?" + address.url().getRawQuery();
        return HttpClientStreamableHttpTransport.builder(address.url().toString())
                .endpoint(path + query)
                .requestBuilder(request)
                .connectTimeout(patience)
                .jsonMapper(JSON)
                .build();
    }

    /**
     * Opens it.
     *
     * @return the server's tools
     */
    List<McpSchema.Tool> open() throws Failed, InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        result(client.initialize().toFuture(), until);
        if (client.getServerCapabilities().tools() == null) {
            return List.of();
        }
        return result(client.listTools().toFuture(), until).tools();
    }

    /**
     * Calls a tool.
     *
     * @throws Failed with the reason, and whether the call may have reached the server
     */
    McpSchema.CallToolResult call(String tool, Map<String, Object> arguments, Duration timeout)
            throws Failed, InterruptedException {
        long until = System.nanoTime() + timeout.toNanos();
        // Apart from the call, since a client whose initialization is cancelled can never be used again.
        result(client.initialize().toFuture(), until);
        McpSchema.CallToolRequest request =
                McpSchema.CallToolRequest.builder(tool).arguments(arguments).build();
        try (CallTransport.Call call = transport.call()) {
            CompletableFuture<McpSchema.@Nullable CallToolResult> result = client.callTool(request)
                    .contextWrite(context -> context.put(CallTransport.Call.class, call))
                    .toFuture();
            boolean answered = false;
            try {
                McpSchema.CallToolResult told = result(result, until);
                answered = true;
                return told;
            } catch (Failed e) {
                answered = result.isDone();
                throw call.sent() ? e.afterSending(answered ? call.refusal() : null) : e;
            } finally {
                if (!answered) {
                    call.cancel();
                    result.cancel(true);
                }
            }
        }
    }

    private static <T> T result(CompletableFuture<@Nullable T> future, long until) throws Failed, InterruptedException {
        try {
            T result = future.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (result == null) {
                throw new Failed(new IOException("no answer"));
            }
            return result;
        } catch (TimeoutException e) {
            throw new Failed(e);
        } catch (ExecutionException e) {
            throw new Failed(e.getCause() == null ? e : e.getCause());
        }
    }

    /** Whether it has a process to speak to, or needs none. */
    boolean started() {
        return stdio == null || stdio.started();
    }

    /** How the server's process ended, if it is one and has. */
    OptionalInt exit() {
        return stdio == null ? OptionalInt.empty() : stdio.exit();
    }

    /** How long the server may take to answer. */
    Duration patience() {
        return patience;
    }

    /** Whether nothing can be called any more. */
    boolean over() {
        return over;
    }

    private void lost() {
        over = true;
        client.close(); // Fails what is under way.
    }

    /** A stream that fails may be one of several: what is under way is failed if the server is gone. */
    private void broken(Throwable failure) {
        boolean refused = Failed.find(failure, ConnectException.class) != null; // No stream has come of it.
        // The ping's own failure comes here, too.
        if (!refused && Failed.find(failure, IOException.class) != null && asking.compareAndSet(false, true)) {
            client.ping()
                    .timeout(PING)
                    .doFinally(asked -> asking.set(false))
                    .subscribe(pong -> {}, gone -> transport.failAll());
        }
    }

    @Override
    public void close() {
        over = true;
        try {
            client.closeGracefully().toFuture().get(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            return; // The process has been ended, or the server forgets the session by itself.
        }
    }

    /** Tells that a call, or the opening, came to nothing; its cause says why, and may quote what was sent. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;
        private final boolean sent;

        Failed(Throwable cause) {
            this(cause, false);
        }

        private Failed(Throwable cause, boolean sent) {
            super(cause.getClass().getName(), cause);
            this.sent = sent;
        }

        private Failed afterSending(@Nullable Throwable refusal) {
            Throwable why = refusal == null ? getCause() : refusal;
            boolean refused = find(why, McpTransportSessionNotFoundException.class) != null
                    || find(why, StdioTransport.NotRunning.class) != null
                    || find(why, ConnectException.class) != null;
            return why == null ? this : new Failed(why, !refused);
        }

        /** Whether the server may have done what it was called for. */
        boolean sent() {
            return sent;
        }

        /** What of this kind is among its causes, or null. */
        <T extends Throwable> @Nullable T by(Class<T> kind) {
            return find(getCause(), kind);
        }

        static <T extends Throwable> @Nullable T find(@Nullable Throwable in, Class<T> kind) {
            for (Throwable each = in; each != null; each = each.getCause()) {
                if (kind.isInstance(each)) {
                    return kind.cast(each);
                }
            }
            return null;
        }
    }
}
