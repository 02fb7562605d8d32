package dev.parley.tools.mcp;

import dev.parley.protocol.Json;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An MCP server of the SDK's, with tools for these tests; as a program, over stdio. */
final class ToolServer {
    static final McpJsonMapper JSON = new JacksonMcpJsonMapper(Json.mapper());
    static final JsonSchemaValidator LENIENT = (schema, value) -> ValidationResponse.asValid("");

    /** How often a client has cancelled a call. */
    private static final AtomicInteger CANCELLED = new AtomicInteger();

    private static final AtomicReference<@Nullable McpSyncServer> RUNNING = new AtomicReference<>();

    private ToolServer() {}

    /** The command that runs it. */
    static String[] command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ToolServer.class.getName()));
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }

    public static void main(String[] arguments) {
        if (List.of(arguments).contains("broken")) {
            System.err.println("no licence");
            Runtime.getRuntime().halt(7);
        }
        System.out.println("Welcome! This line is no message.");
        if (List.of(arguments).contains("silent")) {
            await();
        }
        RUNNING.set(McpServer.sync(new StdioServerTransportProvider(JSON, new Watched(System.in), System.out))
                .serverInfo("tools", "1")
                .capabilities(McpSchema.ServerCapabilities.builder().tools(true).build())
                .strictToolNameValidation(false)
                .jsonMapper(JSON)
                .jsonSchemaValidator(LENIENT)
                .tools(tools())
                .build());
    }

    /** Its tools. */
    static List<SyncToolSpecification> tools() {
        return List.of(
                tool("add", given -> text(String.valueOf(number(given.get("a")) + number(given.get("b"))))),
                tool("odd name: with/signs", given -> text("odd")),
                tool(
                        "weather",
                        given -> CallToolResult.builder()
                                .structuredContent(Map.of("degrees", 21.5, "sky", List.of("clear")))
                                .addTextContent("{\"degrees\":21.5}")
                                .build()),
                tool(
                        "album",
                        given -> CallToolResult.builder()
                                .addTextContent("Two things:")
                                .addContent(McpSchema.ImageContent.builder("aGk=", "image/png")
                                        .build())
                                .addContent(McpSchema.AudioContent.builder("aGk=", "audio/wav")
                                        .build())
                                .build()),
                tool(
                        "fail",
                        given -> CallToolResult.builder()
                                .addTextContent("There is no such room. " + "x".repeat(5_000))
                                .isError(true)
                                .build()),
                tool("hang", given -> {
                    await();
                    return text("");
                }),
                tool("cancelled", given -> text(String.valueOf(CANCELLED.get()))),
                tool("variable", given -> text(String.valueOf(System.getenv(String.valueOf(given.get("name")))))),
                tool("pid", given -> text(String.valueOf(ProcessHandle.current().pid()))),
                tool("exit", given -> {
                    Runtime.getRuntime().halt(3);
                    return text("");
                }),
                tool("grow", given -> {
                    McpSyncServer running = Objects.requireNonNull(RUNNING.get());
                    running.addTool(tool("grown", more -> text("new")));
                    return text("grown");
                }));
    }

    private static SyncToolSpecification tool(String name, Function<Map<String, Object>, CallToolResult> body) {
        Map<String, Object> schema = Map.of(
                "$schema", "http://json-schema.org/draft-07/schema#", "type", "object", "additionalProperties", true);
        return SyncToolSpecification.builder()
                .tool(McpSchema.Tool.builder(name, schema)
                        .description("Does " + name + ".")
                        .build())
                .callHandler((exchange, request) -> body.apply(request.arguments()))
                .build();
    }

    private static CallToolResult text(String text) {
        return CallToolResult.builder().addTextContent(text).build();
    }

    private static int number(@Nullable Object value) {
        return value instanceof Number number ? number.intValue() : 0;
    }

    private static void await() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Counts the cancellations that pass, since the SDK's server keeps them to itself. */
    private static final class Watched extends FilterInputStream {
        Watched(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] to, int at, int most) throws IOException {
            int read = super.read(to, at, most);
            if (read > 0 && new String(to, at, read, StandardCharsets.UTF_8).contains("\"notifications/cancelled\"")) {
                CANCELLED.incrementAndGet();
            }
            return read;
        }
    }
}
