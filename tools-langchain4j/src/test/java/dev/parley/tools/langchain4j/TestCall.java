package dev.parley.tools.langchain4j;

import dev.parley.RealtimeSession;
import dev.parley.protocol.Json;
import dev.parley.tool.RealtimeTool;
import dev.parley.tool.ToolCall;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A call as a session makes one, of which there is nothing but its id. */
record TestCall(String name, ObjectNode arguments, RealtimeSession session) implements ToolCall {
    static final String SESSION = "sess_42";

    /** Calls one of the tools. */
    static @Nullable Object call(List<RealtimeTool> tools, String name, String arguments) throws Exception {
        RealtimeSession session = (RealtimeSession) Proxy.newProxyInstance(
                RealtimeSession.class.getClassLoader(),
                new Class<?>[] {RealtimeSession.class},
                (proxy, asked, with) -> {
                    if (asked.getName().equals("id")) {
                        return SESSION;
                    }
                    throw new AssertionError(asked);
                });
        return named(tools, name)
                .call(new TestCall(name, Json.parse(arguments.getBytes(StandardCharsets.UTF_8)), session));
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
