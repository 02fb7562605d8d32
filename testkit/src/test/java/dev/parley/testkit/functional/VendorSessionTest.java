package dev.parley.testkit.functional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeModule;
import dev.parley.RealtimeModuleOptions;
import dev.parley.testkit.Caller;
import dev.parley.testkit.FakeConnection;
import dev.parley.testkit.FakeRealtimeServer;
import dev.parley.testkit.Script;
import dev.parley.testkit.conformance.Recording;
import dev.parley.testkit.conformance.Recording.Message;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** A whole session through a gateway, with a GA client at one end and a provider of another form at the other. */
class VendorSessionTest {
    @Test
    void aGaClientTalksToXai() {
        List<ObjectNode> heard =
                talk("xai", Map.of("XAI_API_KEY", "xai-any"), "XAI_BASE_URL", "xai/audio-turn-with-tool.jsonl", "o1");
        assertThat(heard)
                .extracting(event -> event.path("type").asString())
                .contains("session.created", "response.output_audio.delta", "response.done")
                .doesNotContain("ping");
    }

    @Test
    void aGaClientTalksToVoiceLive() {
        List<ObjectNode> heard = talk(
                "voice-live",
                Map.of("AZURE_VOICELIVE_API_KEY", "any"),
                "AZURE_VOICELIVE_ENDPOINT",
                "voice-live/audio-turn.jsonl",
                "a1");
        assertThat(heard)
                .extracting(event -> event.path("type").asString())
                .contains("response.output_audio.delta", "response.output_audio_transcript.done")
                .doesNotContain("response.audio.delta", "conversation.item.created");
    }

    @Test
    void aBetaClientTalksToAGaProvider() throws Exception {
        try (Gateway gateway = Gateway.before(Script.accept());
                Caller caller = Caller.connect(gateway.uri("/v1/realtime?model=m"), "OpenAI-Beta", "realtime=v1")) {
            caller.send("{\"type\":\"session.update\",\"session\":{\"modalities\":[\"text\",\"audio\"],"
                    + "\"voice\":\"ash\",\"temperature\":0.7}}");
            FakeConnection provider = gateway.provider.next(Duration.ofSeconds(10));
            assertThat(provider.receive())
                    .isEqualTo("{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\","
                            + "\"output_modalities\":[\"audio\"],\"audio\":{\"output\":{\"voice\":\"ash\"}}}}");
            assertThat(provider.headers()).doesNotContainKey("openai-beta");
            String item = "\"item\":{\"id\":\"i\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[]}}";
            provider.send("{\"type\":\"conversation.item.added\",\"event_id\":\"1\"," + item);
            provider.send("{\"type\":\"response.output_audio.delta\",\"item_id\":\"i\",\"delta\":\"AAEC\"}");
            provider.send("{\"type\":\"conversation.item.done\",\"event_id\":\"2\"," + item);
            provider.send("{\"type\":\"rate_limits.updated\",\"rate_limits\":[]}");
            assertThat(List.of(caller.next(), caller.next(), caller.next()))
                    .extracting(event -> event.path("type").asString())
                    .containsExactly("conversation.item.created", "response.audio.delta", "rate_limits.updated");
        }
    }

    /** Plays a recording, until the item that ends it is done; gives what the client heard. */
    private static List<ObjectNode> talk(
            String provider, Map<String, String> key, String urlVariable, String recording, String lastItem) {
        List<Message> lines = messages(recording);
        Map<String, String> environment = new java.util.HashMap<>(key);
        try (FakeRealtimeServer server = FakeRealtimeServer.start(connection -> play(connection, lines))) {
            environment.put(urlVariable, server.baseUrl());
            try (RealtimeModule module = RealtimeModule.forRoot(RealtimeModuleOptions.builder()
                            .environment(environment)
                            .defaultProvider(provider)
                            .build());
                    Caller caller = Caller.connect(
                            URI.create("ws://127.0.0.1:" + module.listen(0).getPort() + "/v1/realtime"))) {
                List<Message> sent =
                        lines.stream().filter(line -> !line.fromProvider()).toList();
                sent.forEach(line -> caller.send(line.event().toString()));
                List<ObjectNode> heard = new ArrayList<>();
                while (heard.isEmpty() || !ends(heard.getLast(), lastItem)) {
                    heard.add(caller.next());
                }
                FakeConnection connection = server.next(Duration.ofSeconds(10));
                Awaitility.await().until(() -> connection.received().size() == sent.size());
                // What the client asked for in GA's words reached the provider in its own.
                assertThat(connection.received().getFirst())
                        .doesNotContain("tracing", "\"output\":{\"voice\"")
                        .contains("\"voice\":");
                heard.stream()
                        .filter(event -> !event.path("type").asString().endsWith("transcription.updated"))
                        .forEach(event ->
                                assertThat(event.path("event_id").isString()).isTrue());
                return heard;
            }
        }
    }

    private static List<Message> messages(String recording) {
        try {
            return Recording.read(Path.of("src", "test", "resources", "dialects", recording))
                    .messages();
        } catch (Recording.UnreadableException e) {
            throw new AssertionError(recording, e);
        }
    }

    private static void play(FakeConnection connection, List<Message> lines) throws IOException, InterruptedException {
        connection.accept();
        for (Message line : lines) {
            if (line.fromProvider()) {
                connection.send(line.event().toString());
            } else {
                connection.receive();
            }
        }
    }

    private static boolean ends(ObjectNode event, String lastItem) {
        return event.path("type").asString().equals("conversation.item.done")
                && event.path("item").path("id").asString().equals(lastItem);
    }
}
