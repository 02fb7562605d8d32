package dev.parley.dialect;

import dev.parley.protocol.Bytes;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventScanner;
import dev.parley.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** One end of a connection with a dialect, for tests: JSON in, JSON out; single quotes stand for double ones. */
final class Peer {
    private final Dialect dialect;

    Peer(Dialect dialect) {
        this.dialect = dialect;
    }

    static ObjectNode json(String text) {
        return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    /** The events that a message of the peer comes to. */
    List<Event> events(String message) {
        List<Event> events = new ArrayList<>();
        dialect.inbound(Bytes.utf8(message.replace('\'', '"')), event -> events.add(event.copy()));
        return events;
    }

    /** As {@link #events}, as JSON. */
    List<ObjectNode> in(String message) {
        return events(message).stream().map(event -> Json.parse(event.wire())).toList();
    }

    /** The messages that an event comes to. */
    List<ObjectNode> out(String event) {
        Texts messages = new Texts();
        dialect.outbound(new EventScanner().scan(Bytes.utf8(event.replace('\'', '"'))), messages);
        return messages.read.stream().map(Json::parse).toList();
    }

    /** Keeps the messages of a dialect that writes texts alone. */
    static final class Texts implements Dialect.Messages {
        final List<Bytes> read = new ArrayList<>();

        @Override
        public void text(Bytes message) {
            read.add(message.copy());
        }

        @Override
        public void binary(Bytes message) {
            throw new AssertionError("a binary message where none is known");
        }
    }
}
