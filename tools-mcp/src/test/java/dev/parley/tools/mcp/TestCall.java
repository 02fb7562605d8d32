package dev.parley.tools.mcp;

import dev.parley.RealtimeSession;
import dev.parley.protocol.Json;
import dev.parley.tool.RealtimeTool;
import dev.parley.tool.ToolCall;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A call as a session makes one, without a session. */
record TestCall(String name, ObjectNode arguments) implements ToolCall {
    /** Calls one of the tools, by its name for the model. */
    static @Nullable Object call(List<RealtimeTool> tools, String name, String arguments) throws Exception {
        RealtimeTool tool = named(tools, name);
        return tool.call(new TestCall(name, Json.parse(arguments.getBytes(StandardCharsets.UTF_8))));
    }

    /** A call on a thread of its own. */
    record Started(Thread caller, CompletableFuture<@Nullable Object> result) {
        /** Whether the caller waits for the answer, so that the call has been sent. */
        boolean waits() {
            return caller.getState() == Thread.State.TIMED_WAITING;
        }
    }

    /** As {@link #call}, on a thread of its own. */
    static Started start(List<RealtimeTool> tools, String name, String arguments) {
        CompletableFuture<@Nullable Object> result = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                result.complete(call(tools, name, arguments));
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        return new Started(caller, result);
    }

    static RealtimeTool named(List<RealtimeTool> tools, String name) {
        return tools.stream()
                .filter(tool -> tool.spec().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no tool " + name));
    }

    @Override
    public String id() {
        return "call_1";
    }

    @Override
    public RealtimeSession session() {
        throw new AssertionError("a server's tool asks for no session");
    }

    @Override
    public @Nullable Object agent() {
        return null;
    }

    @Override
    public boolean cancelled() {
        return false;
    }

    @Override
    public void meanwhile(String words) {}
}
