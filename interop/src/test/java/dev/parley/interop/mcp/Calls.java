package dev.parley.interop.mcp;

import dev.parley.RealtimeSession;
import dev.parley.tool.RealtimeTool;
import dev.parley.tool.ToolCall;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Calls of tools as a session makes them, without a session. */
final class Calls {
    private Calls() {}

    static RealtimeTool named(List<RealtimeTool> tools, String name) {
        return tools.stream()
                .filter(tool -> tool.spec().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no tool " + name));
    }

    static @Nullable Object call(List<RealtimeTool> tools, String name, ObjectNode arguments) throws Exception {
        return named(tools, name).call(new Call(name, arguments));
    }

    private record Call(String name, ObjectNode arguments) implements ToolCall {
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
}
