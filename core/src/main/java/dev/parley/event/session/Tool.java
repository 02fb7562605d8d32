package dev.parley.event.session;

import dev.parley.event.codec.Wire;
import dev.parley.protocol.Fields;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the model may use besides words. OpenAI Realtime: {@code session.tools[]}. */
@Wire.Family
public sealed interface Tool {
    /** A function of the application's. */
    static Tool function(String name, String description, Fields parameters) {
        return new Function(name, description, parameters, Fields.NONE);
    }

    /**
     * A function of the application's: {@code function}.
     *
     * @param name 1 to 64 letters, digits, underscores and dashes
     * @param description when to call it, and what it does
     * @param parameters the JSON schema of its arguments
     */
    @Wire.Type("function")
    record Function(
            @Wire.Pattern(value = "[a-zA-Z0-9_-]{1,64}", words = "1 to 64 letters, digits, underscores and dashes")
            String name,

            @Wire.OrNull @Nullable String description,
            @Wire.OrNull @Nullable Fields parameters,
            Fields more)
            implements Tool {}

    /**
     * A server of the Model Context Protocol that the provider calls by itself: {@code mcp}. It has one of
     * {@code serverUrl}, {@code connectorId} and {@code tunnelId}.
     *
     * @param serverLabel the server's name within the session
     * @param authorization an access token
     * @param headers HTTP headers, which may hold credentials
     * @param allowedTools those of its tools that may be used
     * @param requireApproval which calls the client must approve
     * @param deferLoading whether its tools are loaded when they are first searched for
     * @param allowedCallers {@code direct}, {@code programmatic}
     */
    @Wire.Type("mcp")
    @Wire.Ruled(McpEndpoint.class)
    record Mcp(
            String serverLabel,
            @Nullable String serverUrl,
            @Nullable String connectorId,
            @Nullable String tunnelId,
            @Nullable String authorization,
            @Wire.OrNull @Nullable Map<String, String> headers,
            @Wire.OrNull @Nullable AllowedTools allowedTools,
            @Wire.OrNull @Nullable Approval requireApproval,
            @Nullable String serverDescription,
            @Nullable Boolean deferLoading,

            @Wire.OrNull @Wire.OneOf({"direct", "programmatic"}) @Nullable
            List<String> allowedCallers,

            Fields more)
            implements Tool {
        public Mcp {
            headers = headers == null ? null : Map.copyOf(headers);
            allowedCallers = allowedCallers == null ? null : List.copyOf(allowedCallers);
        }

        /** The label alone: the rest may hold credentials. */
        @Override
        public String toString() {
            return "Mcp[serverLabel=" + serverLabel + "]";
        }
    }

    /** A kind of tool that this version of Parley does not know. */
    record Unknown(Fields json) implements Tool {}

    /** Some of a server's tools, by name or by kind. */
    sealed interface AllowedTools {
        /** Those of these names. */
        @Wire.Plain
        record Names(List<String> names) implements AllowedTools {
            public Names {
                names = List.copyOf(names);
            }
        }

        /**
         * Those that fit.
         *
         * @param readOnly whether they change nothing
         */
        record Filter(
                @Nullable List<String> toolNames, @Nullable Boolean readOnly, Fields more) implements AllowedTools {
            public Filter {
                toolNames = toolNames == null ? null : List.copyOf(toolNames);
            }
        }
    }

    /** Which calls of a server's tools wait for the client's approval. */
    sealed interface Approval {
        /**
         * All or none.
         *
         * @param mode {@code always} or {@code never}
         */
        @Wire.Plain
        record Mode(@Wire.OneOf({"always", "never"}) String mode) implements Approval {}

        /** Tool by tool. */
        record ByTool(AllowedTools.@Nullable Filter always, AllowedTools.@Nullable Filter never, Fields more)
                implements Approval {}
    }
}
