package dev.parley.event;

import dev.parley.protocol.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** Events written for the tests: every type, every field, and what real servers do besides. */
final class Samples {
    static List<ObjectNode> server() {
        return read("server.jsonl");
    }

    static List<ObjectNode> client() {
        return read("client.jsonl");
    }

    private static List<ObjectNode> read(String name) {
        try (InputStream in = Objects.requireNonNull(Samples.class.getResourceAsStream("/events/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(Samples::json)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** JSON in single quotes, for tests. */
    static ObjectNode json(String text) {
        String json = text.startsWith("{'") || text.equals("{}") ? text.replace('\'', '"') : text;
        return Json.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    private Samples() {}
}
