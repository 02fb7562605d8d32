package dev.parley.testkit.functional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.OpenAIVoice;
import dev.parley.RealtimeAudioFormat;
import dev.parley.RealtimeSessionConfig;
import dev.parley.RealtimeSessionStats;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.Json;
import dev.parley.testkit.Caller;
import dev.parley.testkit.FakeConnection;
import dev.parley.testkit.Script;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What passes between a client and a provider, over real sockets. */
class RelayTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void connectsAsTheProviderWantsItAndPassesNothingOfTheClientsOwn() {
        try (Gateway gateway = Gateway.before(Script.accept());
                Caller caller = Caller.connect(
                        gateway.uri("/v1/realtime?model=gpt%20x%26y"),
                        "Authorization",
                        "Bearer client-secret",
                        "OpenAI-Beta",
                        "realtime=v1",
                        "Cookie",
                        "a=b")) {
            FakeConnection provider = gateway.provider.next(SOON);
            Awaitility.await().until(() -> !provider.headers().isEmpty());
            assertThat(provider.target()).isEqualTo("/v1/realtime?model=gpt+x%26y");
            assertThat(provider.headers())
                    .containsEntry("authorization", "Bearer " + Gateway.KEY)
                    .doesNotContainKeys("openai-beta", "cookie", "origin");
            assertThat(caller.socket().isOutputClosed()).isFalse();
        }
    }

    @Test
    void sendsNothingOfItsOwnToAPlainClientsProvider() throws Exception {
        try (Gateway gateway = Gateway.before(Script.accept());
                Caller caller = gateway.plain()) {
            caller.send("{\"type\":\"response.create\"}");
            assertThat(gateway.provider.next(SOON).receive()).isEqualTo("{\"type\":\"response.create\"}");
        }
    }

    @Test
    void passesMessagesOnWithTheirBytesUntouchedAndInOrderBothWays() throws Exception {
        String[] messages = {
            "{\"type\":\"unknown.thing\", \"ünï\":\"çødé \\u00e9 😀\" , \"n\":1.50}",
            "{\"audio\":\"QUJDRA==\",\"type\":\"input_audio_buffer.append\"}",
            "{\"type\":\"input_audio_buffer.append\",\"audio\":\"QUJ\"}",
            "{\"type\":\"input_audio_buffer.append\",\"audio\":\"AA\\/\\/\",\"event_id\":\"e\"}",
            "{\"type\":\"response.output_audio.delta\",\"delta\":\"QUI\",\"item_id\":\"i\"}",
        };
        try (Gateway gateway = Gateway.before(Script.accept());
                Caller caller = gateway.plain()) {
            FakeConnection provider = gateway.provider.next(SOON);
            for (String message : messages) {
                caller.send(message);
                assertThat(provider.receive()).isEqualTo(message);
            }
            for (String message : messages) {
                provider.send(message);
                assertThat(caller.nextRaw()).isEqualTo(Json.parse(Bytes.utf8(message)));
            }
        }
    }

    @Test
    void keepsInOrderWhatAClientSaysBeforeTheProviderIsThere() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (Gateway gateway = Gateway.before((Script) connection -> {
                    go.await();
                    connection.accept();
                });
                Caller caller = gateway.plain()) {
            for (int i = 0; i < 200; i++) {
                caller.send("{\"type\":\"input_audio_buffer.append\",\"event_id\":\"" + i + "\",\"audio\":\""
                        + "QUJD".repeat(i) + "\"}");
            }
            FakeConnection provider = gateway.provider.next(SOON);
            go.countDown();
            for (int i = 0; i < 200; i++) {
                assertThat(provider.receive()).contains("\"event_id\":\"" + i + "\"");
            }
        }
    }

    @Test
    void sendsAtOnceAllThatWaitedForTheProviderHoweverMuch() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (Gateway gateway = Gateway.before((Script) connection -> {
                    go.await();
                    connection.accept();
                });
                Caller caller = gateway.plain()) {
            FakeConnection provider = gateway.provider.next(SOON);
            for (int i = 0; i < 20; i++) {
                caller.send("{\"type\":\"input_audio_buffer.append\",\"event_id\":\"" + i + "\",\"audio\":\""
                        + "QUJD".repeat(10_000) + "\"}");
            }
            caller.send("not JSON").next("error"); // So all is there.
            go.countDown();
            for (int i = 0; i < 20; i++) {
                assertThat(provider.receive()).contains("\"event_id\":\"" + i + "\"");
            }
        }
    }

    @Test
    void losesNothingThatComesInOnePacketWithTheHandshake() {
        byte[] frames = {(byte) 0x81, 12, '{', '"', 't', 'y', 'p', 'e', '"', ':', '"', 'a', '"', '}', (byte) 0x81, 12};
        try (Gateway gateway = Gateway.before((Script) connection -> {
                    connection.acceptAnd(frames);
                    connection.write("{\"type\":\"b\"}".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                });
                Caller caller = gateway.plain()) {
            caller.next("a");
            caller.next("b");
        }
    }

    @Test
    void tellsOnceWhenTheBufferBeforeTheProviderOverflows() {
        try (Gateway gateway = Gateway.before(
                        Script.silent(), o -> o.limits(Gateway.dialling(Duration.ofSeconds(30), 12_000)));
                Caller caller = gateway.plain()) {
            for (int i = 0; i < 20; i++) {
                caller.send("{\"type\":\"input_audio_buffer.append\",\"event_id\":\"e" + i + "\",\"audio\":\""
                        + "QUJD".repeat(300) + "\"}");
            }
            caller.send("{\"type\":\"response.create\",\"event_id\":\"last\"}");
            ObjectNode first = caller.next("error");
            assertThat(first.path("error").path("code").asString()).isEqualTo("input_buffer_full");
            assertThat(first.path("error").path("event_id").asString()).isEqualTo("e7");
        }
    }

    @Test
    void wrapsEventsInTheEnvelopeAndSendsTheDefaultConfigInGaShape() throws Exception {
        RealtimeSessionConfig config = RealtimeSessionConfig.builder()
                .instructions("Be brief.")
                .voice(OpenAIVoice.MARIN)
                .outputModalities("audio", "text")
                .inputFormat(RealtimeAudioFormat.PCM_24K)
                .turnDetection(false)
                .build();
        try (Gateway gateway = Gateway.before(Script.accept(), o -> o.defaultSessionConfig(config));
                Caller caller = gateway.enveloped()) {
            FakeConnection provider = gateway.provider.next(SOON);
            assertThat(json(provider.receive()))
                    .isEqualTo(json("{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\","
                            + "\"instructions\":\"Be brief.\",\"output_modalities\":[\"audio\"],\"audio\":{"
                            + "\"input\":{\"format\":{\"type\":\"audio/pcm\",\"rate\":24000},\"turn_detection\":null},"
                            + "\"output\":{\"voice\":\"marin\"}}}}"));
            assertThat(provider.target()).isEqualTo("/v1/realtime?model=gpt-realtime-2.1");
            caller.send("{\"type\":\"session.update\",\"session\":{\"instructions\":\"x\"}}");
            assertThat(provider.receive())
                    .isEqualTo(
                            "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"instructions\":\"x\"}}");
            caller.send("{\"type\":\"response.create\",\"response\":{\"output_modalities\":[\"text\",\"audio\"]}}");
            assertThat(provider.receive())
                    .isEqualTo("{\"type\":\"response.create\",\"response\":{\"output_modalities\":[\"audio\"]}}");
            String one = "{\"type\":\"response.create\", \"response\":{\"output_modalities\":[\"text\"]}}";
            caller.send(one);
            assertThat(provider.receive()).isEqualTo(one);
            provider.send("{\"type\":\"session.created\"}");
            ObjectNode raw = caller.nextRaw();
            assertThat(raw.path("event").asString()).isEqualTo("realtime");
            assertThat(raw.path("data").toString()).isEqualTo("{\"type\":\"session.created\"}");
            assertThat(raw.path("timestamp").asLong()).isBetween(1_700_000_000_000L, 4_000_000_000_000L);
        }
    }

    @Test
    void mirrorsTranscriptsAsTextWhereThatIsAskedFor() throws Exception {
        try (Gateway gateway = Gateway.before(Script.accept(), o -> o.mirrorTranscripts(true));
                Caller caller = gateway.enveloped()) {
            FakeConnection provider = gateway.provider.next(SOON);
            provider.send("{\"type\":\"response.output_audio_transcript.delta\",\"item_id\":\"i\",\"delta\":\"Hi\"}");
            provider.send("{\"type\":\"response.output_audio_transcript.done\",\"transcript\":\"Hi you\"}");
            assertThat(caller.next("response.output_text.delta").path("delta").asString())
                    .isEqualTo("Hi");
            assertThat(caller.next("response.output_text.done").path("text").asString())
                    .isEqualTo("Hi you");
        }
    }

    @Test
    void passesVeryLargeEventsBothWays() throws Exception {
        String audio = "QUJD".repeat((15 << 20) / 3);
        String message = "{\"type\":\"input_audio_buffer.append\",\"audio\":\"" + audio + "\"}";
        try (Gateway gateway = Gateway.before(Script.accept());
                Caller caller = gateway.plain()) {
            FakeConnection provider = gateway.provider.next(SOON);
            caller.send(message);
            assertThat(provider.receive()).hasSameSizeAs(message).isEqualTo(message);
            provider.send(message);
            assertThat(caller.nextRaw().path("audio").asString()).hasSameSizeAs(audio);
        }
    }

    @Test
    void countsWhatPasses() throws Exception {
        try (Gateway gateway = Gateway.before(Script.accept());
                Caller caller = gateway.plain()) {
            FakeConnection provider = gateway.provider.next(SOON);
            caller.appendAudio(new byte[4_800]).send("{\"type\":\"response.create\"}");
            provider.receive();
            provider.receive();
            provider.send("{\"type\":\"response.output_audio.delta\",\"delta\":\"" + "A".repeat(6_400) + "\"}");
            provider.send("{\"type\":\"rate_limits.updated\"}");
            caller.next("rate_limits.updated");
            RealtimeSessionStats stats = gateway.module.service().getStats().getFirst();
            assertThat(stats.eventsSent()).isEqualTo(2);
            assertThat(stats.audioChunksSent()).isEqualTo(1);
            assertThat(stats.audioMillisSent()).isEqualTo(100);
            assertThat(stats.eventsReceived()).isEqualTo(2);
            assertThat(stats.audioChunksReceived()).isEqualTo(1);
            assertThat(stats.audioMillisReceived()).isEqualTo(100);
            assertThat(stats.bytesReceived()).isGreaterThan(6_400);
            assertThat(stats.provider()).isEqualTo("openai");
            assertThat(gateway.module.service().getStats().getFirst().connectedAt())
                    .isEqualTo(stats.connectedAt());
            assertThat(gateway.module.service().getSession(stats.clientId())).isPresent();
        }
    }

    private static ObjectNode json(String text) {
        return Json.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
