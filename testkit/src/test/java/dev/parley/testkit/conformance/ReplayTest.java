package dev.parley.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeModule;
import dev.parley.RealtimeModuleOptions;
import dev.parley.protocol.Json;
import dev.parley.testkit.Caller;
import dev.parley.testkit.FakeConnection;
import dev.parley.testkit.FakeRealtimeServer;
import dev.parley.testkit.Script;
import dev.parley.testkit.Script.TraceLine;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Recordings, played through a gateway by both ends: what arrives is what was sent, in order, both ways. See
 * {@link Recordings}.
 */
class ReplayTest {
    @TestFactory
    Stream<DynamicTest> arrivesUnchangedAndInOrder() throws IOException {
        return Recordings.each(ReplayTest::replay);
    }

    private static void replay(Path file) {
        List<TraceLine> lines = TraceLine.read(file);
        try (FakeRealtimeServer provider = FakeRealtimeServer.start(Script.replay(lines));
                RealtimeModule module = RealtimeModule.forRoot(RealtimeModuleOptions.builder()
                        .environment(Map.of("OPENAI_API_KEY", "sk-any", "OPENAI_BASE_URL", provider.baseUrl()))
                        .build());
                Caller caller = Caller.connect(
                        URI.create("ws://127.0.0.1:" + module.listen(0).getPort() + "/v1/realtime?model=m"))) {
            for (TraceLine line : lines) {
                if (line.fromProvider()) {
                    assertThat(caller.next()).isEqualTo(Json.parse(line.json().getBytes(StandardCharsets.UTF_8)));
                } else {
                    caller.send(line.json());
                }
            }
            List<String> sent = lines.stream()
                    .filter(line -> !line.fromProvider())
                    .map(TraceLine::json)
                    .toList();
            FakeConnection connection = provider.next(Duration.ofSeconds(10));
            Awaitility.await().until(() -> connection.received().size() == sent.size());
            assertThat(connection.received()).isEqualTo(sent);
        }
    }
}
