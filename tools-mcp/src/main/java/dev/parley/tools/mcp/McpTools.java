package dev.parley.tools.mcp;

import dev.parley.RealtimeException;
import dev.parley.protocol.Json;
import dev.parley.tool.RealtimeTool;
import dev.parley.tool.ToolException;
import dev.parley.tool.ToolSpec;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tools of one MCP server, for voice agents. Connected once and shared by all sessions; safe for use by all threads.
 * When the server has gone, the next call connects again. A call whose session has ended, or whose time is up, is
 * cancelled at the server, too.
 */
public final class McpTools implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(McpTools.class);

    private final Builder settings;
    private final ReentrantLock opening = new ReentrantLock();
    private volatile Connection connection;
    private volatile List<RealtimeTool> tools = List.of();
    private volatile boolean closed;

    private McpTools(Builder settings) {
        this.settings = settings;
        connection = settings.connection(this::changed);
        boolean open = false;
        try {
            tools = settings.tools(connection.open(), this);
            open = true;
        } catch (Connection.Failed e) {
            throw new RealtimeException.InvalidConfig(
                    "the MCP server '" + settings.label + "' " + Failures.atStart(e, settings.server, connection));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RealtimeException.ConnectionFailed(
                    "interrupted while the MCP server '" + settings.label + "' was connected");
        } finally {
            if (!open) {
                connection.close();
            }
        }
    }

    /**
     * Tools of a server.
     *
     * @param label names the server in messages and logs
     */
    public static Builder builder(String label, McpServer server) {
        return new Builder(label, server);
    }

    /**
     * The tools as the server has told them last. An agent has those that it was built with; a server that changes them
     * is told to {@link Builder#changed}.
     */
    public List<RealtimeTool> tools() {
        return tools;
    }

    /** Ends the connection, and the server if it is a process; calls under way and later ones fail. */
    @Override
    public void close() {
        closed = true;
        opening.lock();
        try {
            connection.close();
        } finally {
            opening.unlock();
        }
    }

    @Override
    public String toString() {
        return "McpTools[label=" + settings.label + ", tools=" + tools.size() + "]";
    }

    private void changed(List<McpSchema.Tool> served) {
        tools = settings.tools(served, this);
        List<RealtimeTool> now = tools;
        // The application's code must not hold up the connection.
        Thread.ofVirtual().start(() -> settings.changed.accept(now));
    }

    /** Calls a tool by the name that the server gives it. */
    private Object call(String tool, Set<String> required, ObjectNode arguments)
            throws ToolException, InterruptedException {
        Map<String, Object> given = new LinkedHashMap<>();
        // Models write null for what they leave out, which servers that check their arguments refuse.
        arguments.properties().stream()
                .filter(each -> !each.getValue().isNull() || required.contains(each.getKey()))
                .forEach(each -> given.put(each.getKey(), each.getValue()));
        for (int attempt = 1; ; attempt++) {
            try {
                return Results.of(connected().call(tool, given, settings.timeout));
            } catch (Connection.Failed e) {
                // What has not reached the server can be sent again, to one that has been started anew.
                if (e.sent() || attempt == 2 || e.by(TimeoutException.class) != null) {
                    throw told(e);
                }
            }
        }
    }

    private Connection connected() throws ToolException, InterruptedException {
        if (!connection.over()) {
            return connection;
        }
        opening.lockInterruptibly();
        try {
            if (closed) {
                throw new ToolException("The tool is not there any more.");
            }
            if (connection.over()) {
                Connection next = settings.connection(this::changed);
                boolean open = false;
                try {
                    List<McpSchema.Tool> served = next.open();
                    open = true;
                    connection = next;
                    LOG.info("MCP server {}: connected again", settings.label);
                    changed(served);
                } catch (Connection.Failed e) {
                    throw told(e);
                } finally {
                    if (!open) {
                        next.close();
                    }
                }
            }
            return connection;
        } finally {
            opening.unlock();
        }
    }

    private ToolException told(Connection.Failed failure) {
        McpError refused = failure.by(McpError.class);
        if (refused == null) {
            LOG.warn("MCP server {}: a call failed ({})", settings.label, failure.getMessage());
        }
        return Failures.told(failure);
    }

    /** Collects how a server's tools are used. Not safe for use by several threads. */
    public static final class Builder {
        private final String label;
        private final McpServer server;
        private String prefix = "";
        private Predicate<String> chosen = name -> true;
        private Predicate<String> approved = name -> false;
        private Duration timeout = ToolSpec.USUAL_TIMEOUT;
        private Duration patience = Duration.ofSeconds(30);
        private Optional<ToolSpec.Meanwhile> meanwhile = Optional.empty();
        private Consumer<List<RealtimeTool>> changed = now -> {};

        private Builder(String label, McpServer server) {
            this.label = label;
            this.server = server;
        }

        private Builder(Builder from) {
            this(from.label, from.server);
            prefix = from.prefix;
            chosen = from.chosen;
            approved = from.approved;
            timeout = from.timeout;
            patience = from.patience;
            meanwhile = from.meanwhile;
            changed = from.changed;
        }

        /**
         * Put before each tool's name, so that tools of several servers do not meet. What is no letter, digit, {@code _}
         * or {@code -} in a name becomes {@code _}, and what is too long is cut.
         */
        public Builder prefix(String text) {
            prefix = text;
            return this;
        }

        /** The only tools that are taken, by the names that the server gives them; by default all are. */
        public Builder only(String... names) {
            return only(List.of(names)::contains);
        }

        /** As {@link #only(String...)}. */
        public Builder only(Predicate<String> names) {
            chosen = names;
            return this;
        }

        /** Tools whose calls must be approved, by the names that the server gives them; by default none. */
        public Builder approval(Predicate<String> names) {
            approved = names;
            return this;
        }

        /** How long a call may take; by default {@link ToolSpec#USUAL_TIMEOUT}. */
        public Builder timeout(Duration longest) {
            timeout = longest;
            return this;
        }

        /** How long the server may take to start and to tell its tools; by default 30 s. */
        public Builder connectTimeout(Duration longest) {
            patience = longest;
            return this;
        }

        /** What to say while a call takes longer than {@code after}. */
        public Builder meanwhile(String words, Duration after) {
            meanwhile = Optional.of(new ToolSpec.Meanwhile(words, after));
            return this;
        }

        /**
         * Gets the tools when the server has changed them, and after it has been connected again; on a virtual thread.
         * A session is given them by {@link dev.parley.RealtimeSession#updateTools}.
         */
        public Builder changed(Consumer<List<RealtimeTool>> told) {
            changed = told;
            return this;
        }

        /**
         * Connects to the server and asks for its tools.
         *
         * @throws RealtimeException if that cannot be done; the text names the label, and what to do
         */
        public McpTools connect() {
            return new McpTools(new Builder(this));
        }

        private Connection connection(Consumer<List<McpSchema.Tool>> told) {
            try {
                return new Connection(label, server, patience, timeout, told);
            } catch (IllegalArgumentException e) {
                throw new RealtimeException.InvalidConfig("the MCP server '" + label
                        + "' has a header that cannot be sent; check names and values for blanks and line ends");
            }
        }

        private List<RealtimeTool> tools(List<McpSchema.Tool> served, McpTools through) {
            List<RealtimeTool> made = new ArrayList<>();
            ToolNames names = new ToolNames(prefix);
            for (McpSchema.Tool tool : served) {
                if (!chosen.test(tool.name())) {
                    continue;
                }
                ObjectNode schema = Json.mapper().valueToTree(tool.inputSchema());
                schema.remove("$schema");
                if (!schema.path("type").asString("object").equals("object")) {
                    LOG.warn("MCP server {}: a tool whose input is no object was left out", label);
                    continue;
                }
                schema.put("type", "object");
                if (!schema.has("properties")) {
                    schema.putObject("properties");
                }
                Set<String> required = schema.path("required")
                        .valueStream()
                        .map(name -> name.asString(""))
                        .collect(Collectors.toSet());
                String description = tool.description() != null ? tool.description() : tool.title();
                made.add(RealtimeTool.of(
                        new ToolSpec(
                                names.name(tool.name()),
                                description == null ? "" : description,
                                schema,
                                timeout,
                                approved.test(tool.name()),
                                meanwhile),
                        call -> through.call(tool.name(), required, call.arguments())));
            }
            return List.copyOf(made);
        }
    }
}
