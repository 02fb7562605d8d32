package dev.parley.testkit.functional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeAudioFormat;
import dev.parley.RealtimeModule;
import dev.parley.RealtimeModuleOptions;
import dev.parley.RealtimeSessionConfig;
import dev.parley.testkit.Caller;
import dev.parley.testkit.FakeConnection;
import dev.parley.testkit.Script;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every way in which a session can go wrong, over real sockets: what the client is told, and that nothing is left. */
class FailureTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private static void nothingLeft(Gateway gateway) {
        Awaitility.await().atMost(SOON).untilAsserted(() -> {
            assertThat(gateway.module.service().getSessionCount()).isZero();
            assertThat(gateway.provider.open()).isZero();
            assertThat(gateway.module.service().bufferedBytes()).isZero();
        });
    }

    private static JsonNode error(Caller caller) {
        return caller.next("error").path("error");
    }

    @ParameterizedTest
    @CsvSource({"401,check its key", "403,check its key", "404,base URL", "429,quota", "500,HTTP 500"})
    void tellsWhenTheProviderRefuses(int status, String hint) {
        try (Gateway gateway = Gateway.before(Script.refuse(status));
                Caller caller = gateway.plain()) {
            JsonNode error = error(caller);
            assertThat(error.path("code").asString()).isEqualTo("provider_refused");
            assertThat(error.path("message").asString()).contains(hint).doesNotContain("sk-");
            Caller.Closed closed = caller.closed();
            assertThat(closed.code()).isEqualTo(1011);
            assertThat(closed.reason()).contains("HTTP " + status).doesNotContain("sk-");
            nothingLeft(gateway);
        }
    }

    @Test
    void tellsWhenTheProviderDoesNotAnswerInTime() {
        try (Gateway gateway = Gateway.before(
                        Script.silent(), o -> o.limits(Gateway.dialling(Duration.ofMillis(300), 10_000)));
                Caller caller = gateway.plain()) {
            assertThat(error(caller).path("code").asString()).isEqualTo("provider_timeout");
            assertThat(caller.closed().code()).isEqualTo(1011);
            Awaitility.await().atMost(SOON).until(() -> gateway.module.service().getSessionCount() == 0);
        }
    }

    @Test
    void tellsWhenTheProviderCannotBeReached() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        try (Gateway gateway = Gateway.before(Script.accept(), "OPENAI_BASE_URL", "http://127.0.0.1:" + free);
                Caller caller = gateway.plain()) {
            assertThat(error(caller).path("code").asString()).isEqualTo("provider_unreachable");
            assertThat(caller.closed().code()).isEqualTo(1011);
            nothingLeft(gateway);
        }
    }

    @Test
    void passesOnTheProvidersCloseCodeAndReasonBehindAnError() throws Exception {
        try (Gateway gateway = Gateway.before(Script.accept());
                Caller caller = gateway.plain()) {
            FakeConnection provider = gateway.provider.next(SOON);
            caller.send("{\"type\":\"a\"}");
            provider.receive();
            provider.close(4000, "invalid_request_error.beta_api_shape_disabled");
            assertThat(error(caller).path("code").asString()).isEqualTo("provider_closed");
            assertThat(caller.closed())
                    .isEqualTo(new Caller.Closed(4000, "invalid_request_error.beta_api_shape_disabled"));
            nothingLeft(gateway);
        }
    }

    @Test
    void tellsWhenTheProviderVanishes() throws Exception {
        try (Gateway gateway = Gateway.before(Script.accept());
                Caller caller = gateway.plain()) {
            FakeConnection provider = gateway.provider.next(SOON);
            caller.send("{\"type\":\"a\"}");
            provider.receive();
            provider.vanish();
            assertThat(error(caller).path("code").asString()).isEqualTo("provider_lost");
            assertThat(caller.closed().code()).isEqualTo(1011);
            nothingLeft(gateway);
        }
    }

    @Test
    void noticesAProviderThatStalls() throws Exception {
        try (Gateway gateway = Gateway.before(Script.accept(), "PARLEY_PROVIDER_IDLE_MS", "400");
                Caller caller = gateway.plain()) {
            FakeConnection provider = gateway.provider.next(SOON);
            caller.send("{\"type\":\"a\"}");
            provider.receive();
            provider.stall();
            assertThat(error(caller).path("code").asString()).isEqualTo("provider_stalled");
            assertThat(caller.closed().code()).isEqualTo(1011);
            Awaitility.await().atMost(SOON).until(() -> gateway.module.service().getSessionCount() == 0);
        }
    }

    @Test
    void keepsAQuietSessionThatAnswersPings() throws Exception {
        try (Gateway gateway = Gateway.before(Script.accept(), "PARLEY_PROVIDER_IDLE_MS", "1500");
                Caller caller = gateway.plain()) {
            FakeConnection provider = gateway.provider.next(SOON);
            Awaitility.await().atMost(SOON).until(() -> provider.pings() >= 3);
            provider.send("{\"type\":\"b\"}");
            caller.next("b");
        }
    }

    @Test
    void leavesOutWhatIsNoEventFromTheProviderAndGoesOn() throws Exception {
        try (Gateway gateway = Gateway.before(Script.accept());
                Caller caller = gateway.plain()) {
            FakeConnection provider = gateway.provider.next(SOON);
            caller.send("{\"type\":\"a\"}");
            provider.receive();
            provider.send("<html>nonsense</html>");
            provider.frame(2, new byte[] {1, 2, 3});
            provider.send("{\"type\":\"b\"}");
            assertThat(error(caller).path("code").asString()).isEqualTo("provider_sent_invalid_event");
            assertThat(error(caller).path("code").asString()).isEqualTo("provider_sent_invalid_event");
            caller.next("b");
        }
    }

    @Test
    void endsWhenTheProviderBreaksTheWebSocketProtocol() throws Exception {
        try (Gateway gateway = Gateway.before(Script.accept());
                Caller caller = gateway.plain()) {
            FakeConnection provider = gateway.provider.next(SOON);
            caller.send("{\"type\":\"a\"}");
            provider.receive();
            provider.write("HTTP/1.1 500 oops".getBytes(StandardCharsets.US_ASCII));
            assertThat(error(caller).path("code").asString()).isEqualTo("provider_lost");
            assertThat(caller.closed().code()).isEqualTo(1011);
            nothingLeft(gateway);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hello | invalid_json",
                "'' | invalid_json",
                "[1,2] | invalid_json",
                "{\"type\":\"x\"} trailing | invalid_json",
                "{\"event_id\":\"e1\"} | invalid_event",
                "{\"type\":5,\"event_id\":\"e1\"} | invalid_event",
                "{\"type\":\"response.create\",\"event_id\":\"e1\",\"a\":tru} | invalid_json",
                "{\"type\":\"input_audio_buffer.append\",\"audio\":\"QUJD | invalid_json",
                "{\"type\":\"input_audio_buffer.append\",\"event_id\":\"e1\"} | missing_required_parameter",
                "{\"type\":\"input_audio_buffer.append\",\"audio\":7,\"event_id\":\"e1\"} | invalid_type",
            })
    void answersBadMessagesWithOneErrorEachAndGoesOn(String message, String code) throws Exception {
        try (Gateway gateway = Gateway.before(Script.accept());
                Caller caller = gateway.plain()) {
            caller.send(message);
            JsonNode error = error(caller);
            assertThat(error.path("code").asString()).isEqualTo(code);
            if (message.contains("\"e1\"") && !code.equals("invalid_json")) {
                assertThat(error.path("event_id").asString()).isEqualTo("e1");
            }
            caller.send("{\"type\":\"fine\"}");
            assertThat(gateway.provider.next(SOON).receive()).isEqualTo("{\"type\":\"fine\"}");
        }
    }

    @Test
    void refusesMoreAudioThanFitsInOneEventAndGoesOn() throws Exception {
        try (Gateway gateway = Gateway.before(Script.accept());
                Caller caller = gateway.plain()) {
            caller.send("{\"type\":\"input_audio_buffer.append\",\"event_id\":\"big\",\"audio\":\""
                    + "AAAA".repeat((15 << 20) / 3 + 10) + "\"}");
            JsonNode error = error(caller);
            assertThat(error.path("code").asString()).isEqualTo("invalid_value");
            assertThat(error.path("param").asString()).isEqualTo("audio");
            caller.send("{\"type\":\"fine\"}");
            assertThat(gateway.provider.next(SOON).receive()).isEqualTo("{\"type\":\"fine\"}");
        }
    }

    @Test
    void refusesAMessageThatWouldGrowWithoutBoundAsATree() throws Exception {
        try (Gateway gateway = Gateway.before(Script.accept());
                Caller caller = gateway.plain()) {
            caller.send("{\"type\":\"x\",\"y\":[" + "[],".repeat(3 << 20) + "0]}");
            assertThat(error(caller).path("message").asString()).contains("too complex");
            caller.send("{\"type\":\"x\",\"y\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}");
            assertThat(error(caller).path("message").asString()).contains("too complex");
            caller.send("{\"type\":\"fine\"}");
            assertThat(gateway.provider.next(SOON).receive()).isEqualTo("{\"type\":\"fine\"}");
        }
    }

    @Test
    void refusesFormatsThatNobodyConvertsAndGoesOn() throws Exception {
        try (Gateway gateway = Gateway.before(Script.accept());
                Caller caller = gateway.plain()) {
            caller.send("{\"type\":\"session.update\",\"event_id\":\"u\",\"session\":{\"type\":\"realtime\",\"audio\":"
                    + "{\"input\":{\"format\":{\"type\":\"audio/opus\"}}}}}");
            JsonNode error = error(caller);
            assertThat(error.path("code").asString()).isEqualTo("unsupported_by_provider");
            assertThat(error.path("param").asString()).isEqualTo("session.audio.input.format");
            assertThat(error.path("event_id").asString()).isEqualTo("u");
            caller.send("{\"type\":\"fine\"}");
            assertThat(gateway.provider.next(SOON).receive()).isEqualTo("{\"type\":\"fine\"}");
        }
    }

    @Test
    void answersABinaryMessageWithAnErrorAndGoesOn() throws Exception {
        try (Gateway gateway = Gateway.before(Script.accept());
                Caller caller = gateway.plain()) {
            caller.socket().sendBinary(ByteBuffer.allocate(10), true).join();
            assertThat(error(caller).path("code").asString()).isEqualTo("invalid_event");
            caller.send("{\"type\":\"fine\"}");
            assertThat(gateway.provider.next(SOON).receive()).isEqualTo("{\"type\":\"fine\"}");
        }
    }

    @Test
    void closesWith1009ForAMessageOverTheLimit() {
        try (Gateway gateway = Gateway.before(Script.accept());
                Caller caller = gateway.plain()) {
            caller.send("{\"type\":\"x\",\"y\":\"" + "z".repeat(22 << 20) + "\"}");
            assertThat(error(caller).path("code").asString()).isEqualTo("message_too_big");
            assertThat(caller.closed().code()).isEqualTo(1009);
            nothingLeft(gateway);
        }
    }

    @Test
    void tellsAllClientsWhenTheGatewayStops() {
        Gateway gateway = Gateway.before(Script.accept());
        Caller plain = gateway.plain();
        Caller enveloped = gateway.enveloped();
        gateway.close();
        for (Caller caller : List.of(plain, enveloped)) {
            assertThat(error(caller).path("code").asString()).isEqualTo("gateway_stopping");
            assertThat(caller.closed().code()).isEqualTo(1012);
        }
    }

    @Test
    void refusesAConfigWithWhatTheProviderLacks() {
        for (RealtimeSessionConfig config : List.of(
                RealtimeSessionConfig.builder().voice("nobody").build(),
                RealtimeSessionConfig.builder()
                        .inputFormat(RealtimeAudioFormat.OPUS)
                        .build())) {
            try (Gateway gateway = Gateway.before(Script.accept(), o -> o.defaultSessionConfig(config));
                    Caller caller = gateway.enveloped()) {
                assertThat(error(caller).path("code").asString()).isEqualTo("invalid_value");
                assertThat(caller.closed().code()).isEqualTo(1008);
                nothingLeft(gateway);
            }
        }
    }

    @Test
    void namesTheVariableThatIsMissing() {
        try (RealtimeModule module = RealtimeModule.forRoot(
                        RealtimeModuleOptions.builder().environment(Map.of()).build());
                Caller caller = Caller.connect(
                        URI.create("ws://127.0.0.1:" + module.listen(0).getPort() + "/v1/realtime"))) {
            assertThat(error(caller).path("message").asString()).contains("OPENAI_API_KEY");
            assertThat(caller.closed().code()).isEqualTo(1011);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"silent", "accept", "refuse"})
    void leavesNothingOfManyClientsThatVanish(String kind) {
        Script script =
                switch (kind) {
                    case "silent" -> Script.silent();
                    case "accept" -> Script.accept();
                    default -> Script.refuse(503);
                };
        try (Gateway gateway = Gateway.before(script)) {
            for (int i = 0; i < 200; i++) {
                Caller caller = gateway.plain();
                caller.send("{\"type\":\"response.create\"}");
                if (i % 2 == 0) {
                    caller.vanish();
                } else {
                    caller.close();
                }
            }
            Awaitility.await().atMost(SOON).untilAsserted(() -> {
                assertThat(gateway.module.service().getSessionCount()).isZero();
                assertThat(gateway.module.service().bufferedBytes()).isZero();
            });
            if (!kind.equals("silent")) {
                nothingLeft(gateway);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example,403",
        "null,403",
        "http://127.0.0.1:1,403",
        "https://friend.example,101",
        "http://127.0.0.1:PORT,101",
    })
    void admitsOnlyPagesOfKnownOrigin(String origin, int status) {
        try (Gateway gateway = Gateway.before(Script.accept(), o -> o.allowOrigin("https://friend.example"))) {
            String sent = origin.replace("PORT", String.valueOf(gateway.port));
            assertThat(Caller.refusal(gateway.uri("/v1/realtime?model=x"), "Origin", sent))
                    .isEqualTo(status);
            assertThat(Caller.refusal(gateway.uri("/realtime"), "Origin", sent)).isEqualTo(status);
        }
    }
}
