package dev.parley.interop.mcp;

import dev.parley.tools.mcp.McpServer;
import dev.parley.tools.mcp.McpTools;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** npm {@code @modelcontextprotocol/server-everything}, over stdio as users start it, or over HTTP. */
enum Everything {
    STDIO {
        @Override
        Running start() {
            McpServer.Stdio server = McpServer.stdio("npx", "--no-install", "mcp-server-everything", "stdio");
            return new Running(server.directory(FOLDER).environment("GIVEN", GIVEN), null);
        }
    },
    HTTP {
        @Override
        Running start() throws IOException {
            Process process = new ProcessBuilder("node", "everything.mjs")
                    .directory(FOLDER.toFile())
                    .redirectErrorStream(true)
                    .start();
            BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("port ")) {
                    drain(lines);
                    return new Running(
                            McpServer.http(URI.create("http://127.0.0.1:" + line.substring(5) + "/mcp")), process);
                }
            }
            throw new AssertionError("node everything.mjs ended without telling its port");
        }
    };

    /** A variable that is given to the server over stdio. */
    static final String GIVEN = "given-marker-1732";

    private static final Path FOLDER = Path.of("node");

    abstract Running start() throws IOException;

    private static void drain(BufferedReader lines) {
        Thread.ofPlatform().daemon().start(() -> {
            try (lines) {
                while (lines.readLine() != null) {
                    // What is not read would block it.
                }
            } catch (IOException e) {
                return;
            }
        });
    }

    /**
     * One that runs, or that connecting starts.
     *
     * @param process null: it is started by connecting
     */
    record Running(McpServer server, @Nullable Process process) implements AutoCloseable {
        McpTools.Builder tools() {
            return McpTools.builder("everything", server);
        }

        @Override
        public void close() {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }
}
