package dev.parley.tools.mcp;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The way to one process of an MCP server: a message a line, by its standard input and output. In place of the SDK's
 * own, which logs what it cannot read, hands its process every variable of the environment, and leaves calls waiting
 * when the process has ended.
 */
final class StdioTransport implements McpClientTransport {
    private static final Logger LOG = LoggerFactory.getLogger(StdioTransport.class);
    /** The longest message taken, in bytes. */
    private static final int LONGEST_LINE = 16 << 20;
    /** How many messages may wait for a process that does not read. */
    private static final int MOST_WAITING = 256;
    /** How long a process has to end after its input has, and again after it was asked to. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final byte[] END = {};
    private static final Set<String> INHERITED = Set.of(
            "HOME",
            "LANG",
            "LC_ALL",
            "LC_CTYPE",
            "LOGNAME",
            "PATH",
            "SHELL",
            "TERM",
            "TMPDIR",
            "TZ",
            "USER",
            // Windows
            "APPDATA",
            "HOMEDRIVE",
            "HOMEPATH",
            "LOCALAPPDATA",
            "PATHEXT",
            "PROCESSOR_ARCHITECTURE",
            "PROGRAMDATA",
            "PROGRAMFILES",
            "SYSTEMDRIVE",
            "SYSTEMROOT",
            "TEMP",
            "TMP",
            "USERNAME",
            "USERPROFILE",
            "WINDIR");

    private final McpServer.Stdio server;
    private final String label;
    private final McpJsonMapper json;
    private final Runnable ended;
    private final BlockingQueue<byte[]> out = new LinkedBlockingQueue<>(MOST_WAITING);
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile @Nullable Process process;

    /**
     * The way to a process that is started by {@link #connect}.
     *
     * @param ended run once when the process can no longer be spoken to, on a thread of its own
     */
    StdioTransport(McpServer.Stdio server, String label, McpJsonMapper json, Runnable ended) {
        this.server = server;
        this.label = label;
        this.json = json;
        this.ended = ended;
    }

    /** Whether its process could be started. */
    boolean started() {
        return process != null;
    }

    /** How the process ended, if it has. */
    OptionalInt exit() {
        Process running = process;
        if (running == null) {
            return OptionalInt.empty();
        }
        try {
            // Its output ends a moment before it does.
            boolean ends = over.get() ? running.waitFor(1, TimeUnit.SECONDS) : !running.isAlive();
            return ends ? OptionalInt.of(running.exitValue()) : OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    @Override
    public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        return Mono.defer(() -> {
            try {
                start(handler);
                return Mono.empty();
            } catch (IOException e) {
                // Its text holds the program and the folder, its arguments and variables not.
                return Mono.error(e);
            }
        });
    }

    private void start(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(server.command());
        server.directory().ifPresent(folder -> builder.directory(folder.toFile()));
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> !INHERITED.contains(name.toUpperCase(Locale.ROOT)));
        environment.putAll(server.environment());
        Process started = builder.start();
        process = started;
        // Threads of the platform, since reading from a process holds on to the one that carries a virtual thread.
        Thread reader = thread("out", () -> read(started.getInputStream(), handler));
        thread("in", () -> write(started.getOutputStream()));
        thread("err", () -> drain(started));
        started.onExit()
                .thenRunAsync(() -> end(reader), task -> Thread.ofVirtual().start(task));
    }

    private Thread thread(String stream, Runnable task) {
        return Thread.ofPlatform().daemon().name("mcp-" + label + "-" + stream).start(task);
    }

    /** What the process wrote before its end is still read, unless a child of its own keeps its output open. */
    private void end(Thread reader) {
        try {
            reader.join(Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        over();
    }

    private void over() {
        if (over.compareAndSet(false, true)) {
            ended.run();
        }
    }

    private void read(InputStream from, Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        try (InputStream in = new BufferedInputStream(from)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int read = in.read(); read >= 0; read = in.read()) {
                if (read != '\n') {
                    if (line.size() <= LONGEST_LINE) {
                        line.write(read);
                    }
                    continue;
                }
                take(line, handler);
                line.reset();
            }
        } catch (IOException e) {
            LOG.debug(
                    "MCP server {}: its output can no longer be read ({})",
                    label,
                    e.getClass().getSimpleName());
        } finally {
            over();
        }
    }

    private void take(ByteArrayOutputStream line, Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        if (line.size() > LONGEST_LINE) {
            LOG.warn("MCP server {}: a message of more than {} bytes was passed over", label, LONGEST_LINE);
            return;
        }
        JSONRPCMessage message;
        try {
            message = McpSchema.deserializeJsonRpcMessage(json, line.toString(StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException e) {
            LOG.debug("MCP server {}: a line that is no message was passed over", label);
            return;
        }
        handler.apply(Mono.just(message))
                .subscribe(
                        taken -> {},
                        failure -> LOG.debug(
                                "MCP server {}: a message could not be taken ({})",
                                label,
                                failure.getClass().getSimpleName()));
    }

    private void write(OutputStream to) {
        try (OutputStream stream = to) {
            for (byte[] message = out.take(); message.length > 0; message = out.take()) {
                stream.write(message);
                stream.write('\n');
                stream.flush();
            }
        } catch (IOException e) {
            LOG.debug(
                    "MCP server {}: its input can no longer be written ({})",
                    label,
                    e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void drain(Process from) {
        try (BufferedReader lines = from.errorReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                try {
                    server.errors().accept(line);
                } catch (RuntimeException e) {
                    // What is not read would block the server.
                    LOG.warn(
                            "MCP server {}: who gets its errors threw {}",
                            label,
                            e.getClass().getName());
                }
            }
        } catch (IOException e) {
            LOG.debug(
                    "MCP server {}: its errors can no longer be read ({})",
                    label,
                    e.getClass().getSimpleName());
        }
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        return Mono.defer(() -> {
            Process running = process;
            if (running == null || !running.isAlive() || over.get()) {
                return Mono.error(new NotRunning());
            }
            byte[] bytes;
            try {
                bytes = json.writeValueAsBytes(message); // In one line: line feeds are escaped in JSON's strings.
            } catch (IOException e) {
                return Mono.error(e);
            }
            return out.offer(bytes) ? Mono.empty() : Mono.error(new NotRunning());
        });
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromFuture(() -> CompletableFuture.runAsync(
                this::stop, task -> Thread.ofVirtual().start(task)));
    }

    /** The protocol's way: its input ends, then it is asked to end, then it is ended; its own children like it. */
    private void stop() {
        Process running = process;
        over.set(true);
        if (running == null) {
            return;
        }
        List<ProcessHandle> children = running.descendants().toList();
        out.clear();
        out.offer(END);
        try {
            if (!running.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                children.forEach(ProcessHandle::destroy);
                running.destroy();
                running.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
        running.destroyForcibly();
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return json.convertValue(data, type);
    }

    /** Tells that a message was not sent, since there is no process that reads. */
    static final class NotRunning extends IOException {
        private static final long serialVersionUID = 1L;

        NotRunning() {
            super("the server's process does not run, or does not read");
        }
    }
}
