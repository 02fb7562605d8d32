package dev.parley.testkit.functional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeSessionConfig;
import dev.parley.access.ClientAccess;
import dev.parley.access.ClientKey;
import dev.parley.access.Profile;
import dev.parley.protocol.EventType;
import dev.parley.session.ClientPolicy;
import dev.parley.testkit.Caller;
import dev.parley.testkit.FakeConnection;
import dev.parley.testkit.Script;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Who may connect, and what they may send, over real sockets. */
class AccessTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String KEY = "pk-web-0123456789";

    private static final Profile KIOSK = new Profile(
            new ClientPolicy(Set.of(), Optional.of(Set.of("audio.output.voice"))),
            RealtimeSessionConfig.builder().instructions("Sell tickets.").build(),
            Optional.empty(),
            Set.of("openai"),
            Set.of("small", "large"),
            Optional.empty());

    private static Gateway gateway(ClientKey... keys) {
        ClientAccess access = new ClientAccess(List.of(keys), Map.of("kiosk", KIOSK), false);
        return Gateway.before(Script.accept(), options -> options.access(access));
    }

    private static ClientKey kiosk(OptionalInt most) {
        return new ClientKey("web", ClientKey.digest(KEY), Optional.of("kiosk"), most);
    }

    private static String bearer(String key) {
        return "Bearer " + key;
    }

    @ParameterizedTest
    @CsvSource({
        "Authorization,Bearer pk-web-0123456789,101",
        "authorization,bearer pk-web-0123456789,101",
        "api-key,pk-web-0123456789,101",
        "Sec-WebSocket-Protocol,openai-insecure-api-key.pk-web-0123456789,101",
        "Authorization,Bearer pk-web-012345678,401",
        "Authorization,Basic pk-web-0123456789,401",
        "api-key,sk-marker-0123456789,401",
        "X-Other,none,401"
    })
    void asksForAKeyWhereOneIsConfigured(String header, String value, int status) {
        try (Gateway gateway = gateway(ClientKey.of("web", KEY))) {
            assertThat(Caller.refusal(gateway.uri("/v1/realtime?model=m"), header, value))
                    .isEqualTo(status);
        }
    }

    @Test
    void doesNotShowAProviderWhoTheClientIs() {
        try (Gateway gateway = gateway(ClientKey.of("web", KEY));
                Caller caller = Caller.connect(
                        gateway.uri("/openai/v1/realtime?model=m"),
                        "Authorization",
                        bearer(KEY),
                        "OpenAI-Organization",
                        "client-org")) {
            FakeConnection provider = gateway.provider.next(SOON);
            caller.send("{\"type\":\"a\"}");
            Awaitility.await().until(() -> !provider.received().isEmpty());
            assertThat(provider.headers().toString()).contains(Gateway.KEY).doesNotContain(KEY, "client-org");
        }
    }

    @Test
    void tellsInOpenAisFormWhatIsWrong() throws Exception {
        try (Gateway gateway = gateway(ClientKey.of("web", KEY))) {
            var refused = Rest.post(gateway, "/v1/realtime/client_secrets", "{}", "Authorization", "Bearer no");
            assertThat(refused.statusCode()).isEqualTo(401);
            JsonNode error = Rest.json(refused).path("error");
            assertThat(error.path("code").asString()).isEqualTo("invalid_api_key");
            assertThat(error.path("type").asString()).isEqualTo("invalid_request_error");
            assertThat(error.path("message").asString()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/realtime?model=small,101",
        "/v1/realtime?model=openai/large,101",
        "/v1/realtime?model=huge,404",
        "/v1/realtime,404",
        "/v1/realtime?model=small&provider=xai,404",
        "/v1/realtime?model=small&provider=nobody,404",
        "/v1/realtime?intent=transcription,101",
        "/v1/realtime?intent=translation,400"
    })
    void offersTheModelsAndProvidersOfTheProfile(String target, int status) {
        try (Gateway gateway = gateway(kiosk(OptionalInt.empty()))) {
            assertThat(Caller.refusal(gateway.uri(target), "Authorization", bearer(KEY)))
                    .isEqualTo(status);
        }
    }

    @Test
    void countsTheSessionsOfAKey() {
        try (Gateway gateway = gateway(kiosk(OptionalInt.of(1)))) {
            Caller first = Caller.connect(gateway.uri("/v1/realtime?model=small"), "api-key", KEY);
            assertThat(Caller.refusal(gateway.uri("/v1/realtime?model=small"), "api-key", KEY))
                    .isEqualTo(429);
            first.close();
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> Caller.refusal(gateway.uri("/v1/realtime?model=small"), "api-key", KEY) == 101);
        }
    }

    @Test
    void letsAClientSetOnlyWhatItsProfileAllows() throws Exception {
        try (Gateway gateway = gateway(kiosk(OptionalInt.empty()));
                Caller caller = Caller.connect(gateway.uri("/v1/realtime?model=small"), "api-key", KEY)) {
            FakeConnection provider = gateway.provider.next(SOON);
            assertThat(provider.receive()).contains("Sell tickets.");
            refused(
                    caller,
                    "{\"type\":\"session.update\",\"event_id\":\"e1\",\"session\":{\"type\":\"realtime\","
                            + "\"audio\":{\"output\":{\"voice\":\"cedar\",\"speed\":1.5}}}}",
                    "session.audio.output.speed");
            refused(
                    caller,
                    "{\"type\":\"response.create\",\"event_id\":\"e1\",\"response\":{\"instructions\":\"Be rude.\"}}",
                    "response.instructions");
            refused(
                    caller,
                    "{\"type\":\"conversation.item.create\",\"event_id\":\"e1\",\"item\":{\"type\":\"message\","
                            + "\"role\":\"system\",\"content\":[]}}",
                    "item.role");
            refused(
                    caller,
                    "{\"type\":\"transcription_session.update\",\"event_id\":\"e1\","
                            + "\"session\":{\"input_audio_noise_reduction\":null}}",
                    "session.input_audio_noise_reduction");
            String allowed = "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\","
                    + "\"audio\":{\"output\":{\"voice\":\"cedar\"}}}}";
            caller.send(allowed);
            assertThat(provider.receive()).isEqualTo(allowed);
        }
    }

    private static void refused(Caller caller, String event, String param) {
        JsonNode error = caller.send(event).next("error").path("error");
        assertThat(error.path("code").asString()).isEqualTo("not_allowed");
        assertThat(error.path("param").asString()).isEqualTo(param);
        assertThat(error.path("event_id").asString()).isEqualTo("e1");
    }

    @Test
    void keepsToTheModelsAfterTheSessionHasBegun() throws Exception {
        Profile small = new Profile(
                ClientPolicy.ALL,
                RealtimeSessionConfig.EMPTY,
                Optional.empty(),
                Set.of(),
                Set.of("small"),
                Optional.empty());
        ClientAccess access = new ClientAccess(List.of(), Map.of(Profile.DEFAULT_NAME, small), false);
        try (Gateway gateway = Gateway.before(Script.accept(), options -> options.access(access));
                Caller caller = Caller.connect(gateway.uri("/v1/realtime?model=small"))) {
            FakeConnection provider = gateway.provider.next(SOON);
            refused(
                    caller,
                    "{\"type\":\"session.update\",\"event_id\":\"e1\",\"session\":{\"model\":\"huge\"}}",
                    "session.model");
            String allowed = "{\"type\":\"session.update\",\"session\":{\"model\":\"small\",\"instructions\":\"x\"}}";
            caller.send(allowed);
            assertThat(provider.receive()).isEqualTo(allowed);
        }
    }

    @Test
    void takesOnlyTheEventsOfTheProfile() throws Exception {
        Profile listeners = new Profile(
                new ClientPolicy(Set.of(EventType.INPUT_AUDIO_APPEND), Optional.of(Set.of())),
                RealtimeSessionConfig.EMPTY,
                Optional.empty(),
                Set.of(),
                Set.of(),
                Optional.of(Duration.ofSeconds(1)));
        ClientAccess access = new ClientAccess(List.of(), Map.of(Profile.DEFAULT_NAME, listeners), false);
        try (Gateway gateway = Gateway.before(Script.accept(), options -> options.access(access));
                Caller caller = gateway.plain()) {
            FakeConnection provider = gateway.provider.next(SOON);
            refused(caller, "{\"type\":\"response.cancel\",\"event_id\":\"e1\"}", "type");
            refused(caller, "{\"type\":\"session.update\",\"event_id\":\"e1\",\"session\":{}}", "type");
            caller.send("{\"type\":\"input_audio_buffer.append\",\"audio\":\"QUJD\"}");
            assertThat(provider.receive()).contains("QUJD");
            assertThat(caller.next("error").path("error").path("code").asString())
                    .isEqualTo("session_expired");
            assertThat(caller.closed().code()).isEqualTo(1001);
        }
    }
}
