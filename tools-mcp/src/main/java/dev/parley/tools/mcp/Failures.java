package dev.parley.tools.mcp;

import dev.parley.tool.ToolException;
import io.modelcontextprotocol.client.transport.McpHttpClientTransportAuthorizationException;
import io.modelcontextprotocol.spec.McpError;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** What a server's failures come to, in words for whoever configures it, and in words for the model. */
final class Failures {
    private Failures() {}

    /** What is wrong with a server that could not be connected, and what to do, to follow its name; without secrets. */
    static String atStart(Connection.Failed failure, McpServer server, Connection connection) {
        if (failure.by(McpError.class) != null) {
            return "refuses to be connected; check that it speaks a version of MCP from 2024-11-05 to 2025-11-25";
        }
        return switch (server) {
            case McpServer.Stdio program ->
                atStart(failure, "'" + program.command().getFirst() + "'", connection);
            case McpServer.Http address -> atStart(failure, address.url().getHost(), connection.patience());
        };
    }

    private static String atStart(Connection.Failed failure, String program, Connection connection) {
        if (!connection.started()) {
            return "cannot be started: " + program + " cannot be run; check that it is installed and on the PATH, or"
                    + " give its full path";
        }
        OptionalInt exit = connection.exit();
        if (exit.isPresent()) {
            return "ended with exit code " + exit.getAsInt() + " before it had told its tools; run its command by hand,"
                    + " or see what it says with McpServer.Stdio.errors(System.err::println)";
        }
        String speaks = program + " with its arguments speaks MCP by standard input and output";
        return failure.by(TimeoutException.class) != null
                ? late(connection.patience()) + "check that " + speaks + ", or give it longer with connectTimeout"
                : "does not answer as an MCP server (" + kind(failure) + "); check that " + speaks;
    }

    private static String atStart(Connection.Failed failure, String host, Duration patience) {
        if (failure.by(McpHttpClientTransportAuthorizationException.class) != null) {
            return "at " + host + " does not let Parley in; give it a header that it accepts, such as Authorization";
        }
        if (failure.by(TimeoutException.class) != null || failure.by(HttpTimeoutException.class) != null) {
            return late(patience) + "check its address, or give it longer with connectTimeout";
        }
        if (failure.by(SSLException.class) != null) {
            return "at " + host + " cannot be trusted: its certificate is not one that this JVM knows";
        }
        if (failure.by(ConnectException.class) != null) {
            return "at " + host
                    + " cannot be reached: nothing answers there; check the address and that the server runs";
        }
        return "at " + host + " does not answer as an MCP server with streamable HTTP (" + kind(failure)
                + "); check the path of its address";
    }

    private static String late(Duration patience) {
        return "did not answer within " + patience.toMillis() + " ms; ";
    }

    private static String kind(Connection.Failed failure) {
        Throwable last = failure;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return last.getClass().getSimpleName();
    }

    /** What the model is told of a call that came to nothing. */
    static ToolException told(Connection.Failed failure) {
        McpError refused = failure.by(McpError.class);
        if (refused != null && refused.getJsonRpcError() != null && !CallTransport.isOwn(refused.getJsonRpcError())) {
            return new ToolException(
                    "The tool's server refused the call: "
                            + Results.bounded(refused.getJsonRpcError().message()),
                    failure);
        }
        if (failure.sent() && failure.by(TimeoutException.class) != null) {
            return new ToolException(
                    "The tool did not answer in time. Whether it did what it was asked is not known.", failure);
        }
        if (failure.sent()) {
            return new ToolException(
                    "The connection to the tool was lost. Whether it did what it was asked is not known.", failure);
        }
        boolean unreachable = failure.by(IOException.class) != null || failure.by(TimeoutException.class) != null;
        return new ToolException(
                unreachable ? "The tool cannot be reached just now." : "The tool could not be called.", failure);
    }
}
