package dev.parley.tool;

import org.jspecify.annotations.Nullable;

/** A tool that the model may call: a {@link dev.parley.Tool} method, an MCP server's tool, or any code. */
public interface RealtimeTool {
    /** What it is; always the same. */
    ToolSpec spec();

    /**
     * Does it. Called on a virtual thread of the call's own, interrupted when the time is up or the client has hung up;
     * several calls may run at once, for one session and for many.
     *
     * @return what the model is told: a {@code String} or a {@link tools.jackson.databind.JsonNode} as it is, anything
     *     else as JSON, null as {@code {"ok":true}}, a {@link java.util.concurrent.CompletionStage} when it completes
     * @throws ToolException to tell the model what went wrong; of any other exception it is told only that there was one
     */
    @Nullable
    Object call(ToolCall call) throws Exception;

    /** A tool made of its description and its code. */
    static RealtimeTool of(ToolSpec spec, Body body) {
        return new RealtimeTool() {
            @Override
            public ToolSpec spec() {
                return spec;
            }

            @Override
            public @Nullable Object call(ToolCall call) throws Exception {
                return body.call(call);
            }
        };
    }

    /** What a tool does; see {@link RealtimeTool#call}. */
    @FunctionalInterface
    interface Body {
        @Nullable
        Object call(ToolCall call) throws Exception;
    }
}
