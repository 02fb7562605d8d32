package dev.parley.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.event.ClientEvent;
import dev.parley.event.ServerEvent;
import dev.parley.event.codec.Codec;
import dev.parley.protocol.Json;
import dev.parley.testkit.Script.TraceLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.node.ObjectNode;

/** Recorded events become typed events and the same JSON again, and those that the protocol lists are never unknown. */
class TypedEventsTest {
    @TestFactory
    Stream<DynamicTest> everyRecordedEventComesBack() throws IOException {
        return Recordings.each(TypedEventsTest::roundTrip);
    }

    private static void roundTrip(Path file) {
        List<TraceLine> lines = TraceLine.read(file);
        for (int i = 0; i < lines.size(); i++) {
            TraceLine line = lines.get(i);
            ObjectNode json = Json.parse(line.json().getBytes(StandardCharsets.UTF_8));
            String type = json.path("type").asString("");
            String where = "message " + (i + 1) + ", " + type;
            if (line.fromProvider()) {
                ServerEvent event = ServerEvent.decode(json);
                assertThat(event.encode()).as(where).isEqualTo(json);
                assertThat(event instanceof ServerEvent.Unknown)
                        .as(where)
                        .isEqualTo(!Codec.of(ServerEvent.class).types().contains(type));
            } else {
                ClientEvent event = ClientEvent.decode(json);
                assertThat(event.encode()).as(where).isEqualTo(json);
                assertThat(event instanceof ClientEvent.Unknown)
                        .as(where)
                        .isEqualTo(!Codec.of(ClientEvent.class).types().contains(type));
            }
        }
    }
}
