package dev.parley.tools.mcp;

import dev.parley.RealtimeException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Where an MCP server is: a program that Parley starts, or an address. */
public sealed interface McpServer {
    /**
     * A program that speaks MCP by its standard input and output.
     *
     * @param command the program and its arguments, such as {@code npx}, {@code -y},
     *     {@code @modelcontextprotocol/server-everything}
     */
    static Stdio stdio(String... command) {
        return new Stdio(List.of(command), Map.of(), Optional.empty(), line -> {});
    }

    /** A server that speaks MCP by streamable HTTP, at an address such as {@code https://tools.example.com/mcp}. */
    static Http http(URI url) {
        return new Http(url, Map.of());
    }

    /**
     * A program that is started when tools are connected, started again by the next call after it has ended, and ended
     * with them. It sees the variables that are given here and, of Parley's own, only those that programs need anywhere
     * ({@code PATH}, {@code HOME} and the like), so that it is not handed the keys of providers.
     *
     * @param command the program and its arguments
     * @param environment variables for it
     * @param directory where it runs; empty: where Parley does
     * @param errors gets each line that it writes to its standard error, on a thread of its own
     */
    record Stdio(
            List<String> command, Map<String, String> environment, Optional<Path> directory, Consumer<String> errors)
            implements McpServer {
        public Stdio {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
            if (command.isEmpty() || command.getFirst().isBlank()) {
                throw new RealtimeException.InvalidConfig(
                        "an MCP server over stdio needs a command: the program, then its arguments");
            }
        }

        /** With one more variable for the program. */
        public Stdio environment(String name, String value) {
            return new Stdio(command, plus(environment, name, value), directory, errors);
        }

        /** With the folder where the program runs. */
        public Stdio directory(Path folder) {
            return new Stdio(command, environment, Optional.of(folder), errors);
        }

        /** With somebody who gets each line that the program writes to its standard error; by default nobody does. */
        public Stdio errors(Consumer<String> lines) {
            return new Stdio(command, environment, directory, lines);
        }

        /** The program alone: its arguments and variables may hold secrets. */
        @Override
        public String toString() {
            return "Stdio[program=" + command.getFirst() + "]";
        }
    }

    /**
     * An address that is spoken to by streamable HTTP.
     *
     * @param url where the server is, with its path
     * @param headers sent with each request, such as {@code Authorization}
     */
    record Http(URI url, Map<String, String> headers) implements McpServer {
        public Http {
            headers = Map.copyOf(headers);
            if (url.getHost() == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                throw new RealtimeException.InvalidConfig(
                        "the address of an MCP server must start with http:// or https:// and name a host");
            }
        }

        /** With one more header. */
        public Http header(String name, String value) {
            return new Http(url, plus(headers, name, value));
        }

        /** The host alone: the rest of the address and the headers may hold secrets. */
        @Override
        public String toString() {
            return "Http[host=" + url.getHost() + "]";
        }
    }

    private static Map<String, String> plus(Map<String, String> map, String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(map);
        more.put(name, value);
        return more;
    }
}
