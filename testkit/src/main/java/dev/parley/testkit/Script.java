package dev.parley.testkit;

import dev.parley.protocol.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a {@link FakeRealtimeServer} does with one connection; runs on a thread of that connection's own. */
@FunctionalInterface
public interface Script {
    /**
     * Plays the provider. When it returns, the connection stays as it is.
     *
     * @throws IOException if the peer is gone
     */
    void run(FakeConnection connection) throws IOException, InterruptedException;

    /** Accepts, and leaves everything else to the test, through the {@link FakeConnection}. */
    static Script accept() {
        return FakeConnection::accept;
    }

    /** Never answers the handshake. */
    static Script silent() {
        return connection -> {};
    }

    /** Answers the handshake with an HTTP status such as 401. */
    static Script refuse(int status) {
        return connection -> connection.refuse(status);
    }

    /** Accepts, and does as a recording says: sends what the provider sent, waits for what the client sent. */
    static Script replay(List<TraceLine> lines) {
        return connection -> {
            connection.accept();
            for (TraceLine line : lines) {
                if (line.fromProvider()) {
                    connection.send(line.json());
                } else {
                    connection.receive();
                }
            }
        };
    }

    /**
     * One message of a recording.
     *
     * @param fromProvider whether the provider sent it, or the client
     * @param json the message
     */
    record TraceLine(boolean fromProvider, String json) {
        /**
         * Reads a recording in JSON Lines: {@code {"dir":"sent"|"recv","kind":"message","data":{…}}}, {@code sent} being
         * client to provider. Lines of other kinds are left out.
         */
        public static List<TraceLine> read(Path file) {
            try {
                return Files.readAllLines(file).stream()
                        .filter(line -> !line.isBlank())
                        .map(line -> (JsonNode) Json.parse(line.getBytes(StandardCharsets.UTF_8)))
                        .filter(line -> line.has("dir") && line.path("data").isObject())
                        .map(line -> new TraceLine(
                                line.path("dir").asString().equals("recv"),
                                line.path("data").toString()))
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
