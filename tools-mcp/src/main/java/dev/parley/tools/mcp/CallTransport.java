package dev.parley.tools.mcp;

import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * A way to a server that knows the calls under way on it, so that one can be cancelled, which the SDK's client cannot,
 * and all can be failed when the server is gone.
 */
final class CallTransport implements McpClientTransport {
    private static final int CANCELLED = -32800;
    private static final int GONE = -32000;
    /** Marks the errors that no server has sent. */
    private static final Object OWN = new Object();

    private final McpClientTransport way;
    private final Consumer<Throwable> broken;
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();
    private volatile Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> answers = message -> message;

    /**
     * The calls on a way.
     *
     * @param broken told when a stream of the way has failed
     */
    CallTransport(McpClientTransport way, Consumer<Throwable> broken) {
        this.way = way;
        this.broken = broken;
    }

    @Override
    public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        answers = handler;
        return way.connect(handler);
    }

    @Override
    public void setExceptionHandler(Consumer<Throwable> handler) {
        way.setExceptionHandler(failure -> {
            handler.accept(failure);
            broken.accept(failure);
        });
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        if (!(message instanceof JSONRPCRequest request) || !request.method().equals(McpSchema.METHOD_TOOLS_CALL)) {
            return way.sendMessage(message);
        }
        return Mono.deferContextual(context -> {
            Call call = context.get(Call.class);
            call.sent(request.id(), context);
            return way.sendMessage(message)
                    .doOnSuccess(nothing -> call.delivery.complete(true))
                    .doOnError(call.delivery::completeExceptionally);
        });
    }

    /** A new call, to be put into the context of the request that makes it; ended by {@link Call#close}. */
    Call call() {
        Call call = new Call();
        calls.add(call);
        return call;
    }

    /** Whether an error was given by this class in the server's place. */
    static boolean isOwn(JSONRPCError error) {
        return OWN.equals(error.data());
    }

    /** Fails the calls under way. */
    void failAll() {
        calls.forEach(call -> call.answer(GONE, "the connection to the server is lost"));
    }

    @Override
    public Mono<Void> closeGracefully() {
        return way.closeGracefully();
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return way.unmarshalFrom(data, type);
    }

    @Override
    public List<String> protocolVersions() {
        return way.protocolVersions();
    }

    /** A call of a tool, from before it is sent until its result is there or nobody wants it any more. */
    final class Call implements AutoCloseable {
        private volatile @Nullable Object id;
        private volatile ContextView context = Context.empty();
        private final CompletableFuture<Boolean> delivery = new CompletableFuture<>();

        private Call() {}

        private void sent(Object as, ContextView in) {
            context = in;
            id = as;
        }

        /** Whether it may have reached the server. */
        boolean sent() {
            return id != null;
        }

        /**
         * Why the server has not taken it; null: it has, or it is not known. A moment after the call has failed, since
         * the SDK fails whatever is under way before it tells what was refused.
         */
        @Nullable
        Throwable refusal() throws InterruptedException {
            try {
                delivery.get(1, TimeUnit.SECONDS);
                return null;
            } catch (ExecutionException e) {
                return e.getCause();
            } catch (TimeoutException e) {
                return null;
            }
        }

        /** Tells the server that nobody wants the result any more. */
        void cancel() {
            Object known = id;
            if (known == null) {
                return;
            }
            way.sendMessage(new JSONRPCNotification(
                            "notifications/cancelled",
                            Map.of("requestId", known, "reason", "the result is no longer needed")))
                    .contextWrite(context)
                    .subscribe(sent -> {}, failure -> {}); // What cannot be told to it is not going on there either.
            answer(CANCELLED, "cancelled");
        }

        /** Ends the request in the SDK's client, which would keep it for ever. */
        private void answer(int code, String why) {
            Object known = id;
            if (known != null) {
                answers.apply(Mono.just(JSONRPCResponse.error(known, new JSONRPCError(code, why, OWN))))
                        .subscribe(taken -> {}, failure -> {});
            }
        }

        @Override
        public void close() {
            calls.remove(this);
        }
    }
}
