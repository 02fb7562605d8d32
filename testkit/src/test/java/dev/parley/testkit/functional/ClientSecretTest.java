package dev.parley.testkit.functional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeSessionConfig;
import dev.parley.access.ClientAccess;
import dev.parley.access.ClientKey;
import dev.parley.access.Profile;
import dev.parley.session.ClientPolicy;
import dev.parley.testkit.Caller;
import dev.parley.testkit.FakeConnection;
import dev.parley.testkit.Script;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /v1/realtime/client_secrets}, and what a secret opens. */
class ClientSecretTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String KEY = "pk-backend-0123456789";
    private static final String REQUEST = """
            {"expires_after": {"anchor": "created_at", "seconds": 60},
             "session": {"type": "realtime", "model": "gpt-realtime", "instructions": "Be brief.",
                         "audio": {"input": {"transcription": {"model": "w"},
                                             "turn_detection": {"type": "server_vad", "create_response": true}},
                                   "output": {"voice": "marin"}}}}
            """;

    private static Gateway gateway() {
        ClientAccess access = new ClientAccess(List.of(ClientKey.of("backend", KEY)), Map.of(), false);
        return Gateway.before(Script.accept(), options -> options.access(access));
    }

    private static ObjectNode issue(Gateway gateway, String body) throws Exception {
        HttpResponse<String> response =
                Rest.post(gateway, "/v1/realtime/client_secrets", body, "Authorization", "Bearer " + KEY);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Rest.json(response);
    }

    @Test
    void answersAsOpenAiDoes() throws Exception {
        try (Gateway gateway = gateway()) {
            ObjectNode answer = issue(gateway, REQUEST);
            assertThat(answer.path("value").asString()).startsWith("ek_");
            assertThat(answer.path("expires_at").asLong() - Instant.now().getEpochSecond())
                    .isBetween(50L, 61L);
            ObjectNode session = (ObjectNode) answer.path("session");
            assertThat(session.remove("id").asString()).startsWith("sess_");
            assertThat(session)
                    .isEqualTo(dev.parley.protocol.Json.parse("""
                                    {"type": "realtime", "object": "realtime.session", "model": "gpt-realtime",
                                     "output_modalities": ["audio"], "instructions": "Be brief.", "tools": [],
                                     "tool_choice": "auto", "max_output_tokens": "inf", "tracing": null,
                                     "truncation": "auto", "prompt": null, "expires_at": 0, "include": null,
                                     "audio": {
                                       "input": {"format": {"type": "audio/pcm", "rate": 24000},
                                                 "transcription": {"language": null, "prompt": null, "model": "w"},
                                                 "noise_reduction": null,
                                                 "turn_detection": {"type": "server_vad", "threshold": 0.5,
                                                   "prefix_padding_ms": 300, "silence_duration_ms": 200,
                                                   "idle_timeout_ms": null, "create_response": true,
                                                   "interrupt_response": true}},
                                       "output": {"format": {"type": "audio/pcm", "rate": 24000}, "voice": "marin",
                                                  "speed": 1.0}}}
                                    """.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
    }

    @Test
    void carriesTheSessionToEveryConnectionUntilItExpires() throws Exception {
        try (Gateway gateway = gateway()) {
            String secret = issue(gateway, REQUEST).path("value").asString();
            for (int i = 0; i < 2; i++) {
                try (Caller caller = Caller.connect(
                        gateway.uri("/v1/realtime"), "Sec-WebSocket-Protocol", "openai-insecure-api-key." + secret)) {
                    FakeConnection provider = gateway.provider.next(SOON);
                    assertThat(provider.receive())
                            .contains("\"type\":\"session.update\"", "Be brief.", "marin", "create_response");
                    assertThat(provider.target()).endsWith("model=gpt-realtime");
                    caller.send("{\"type\":\"session.update\",\"session\":{\"instructions\":\"x\"}}");
                    assertThat(provider.receive()).contains("\"x\"");
                    assertThat(provider.headers().toString()).doesNotContain(secret, KEY);
                }
            }
        }
    }

    @Test
    void issuesNoSecretForASecret() throws Exception {
        try (Gateway gateway = gateway()) {
            String secret = issue(gateway, "").path("value").asString();
            assertThat(Rest.post(gateway, "/v1/realtime/client_secrets", "{}", "Authorization", "Bearer " + secret)
                            .statusCode())
                    .isEqualTo(401);
            assertThat(Caller.refusal(gateway.uri("/v1/realtime"), "Authorization", "Bearer " + secret))
                    .isEqualTo(101);
            assertThat(Caller.refusal(gateway.uri("/v1/realtime"), "Authorization", "Bearer ek_unknown"))
                    .isEqualTo(401);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{]|invalid_json|",
                "[]|invalid_json|",
                "{\"expires_after\":{\"anchor\":\"created_at\",\"seconds\":5}}|integer_below_min_value|expires_after.seconds",
                "{\"session\":{\"type\":\"realtime\",\"voice\":\"marin\"}}|unknown_parameter|session.voice",
                "{\"session\":{\"type\":\"realtime\",\"instructions\":7}}|invalid_type|session.instructions",
                "{\"session\":{\"instructions\":\"x\"}}|missing_required_parameter|session.type"
            })
    void saysWhichFieldIsWrong(String body, String code, String param) throws Exception {
        try (Gateway gateway = gateway()) {
            HttpResponse<String> response =
                    Rest.post(gateway, "/v1/realtime/client_secrets", body, "Authorization", "Bearer " + KEY);
            assertThat(response.statusCode()).isEqualTo(400);
            JsonNode error = Rest.json(response).path("error");
            assertThat(error.path("code").asString()).isEqualTo(code);
            assertThat(error.path("param").asString(null)).isEqualTo(param);
        }
    }

    @Test
    void needsNoKeyOnThisMachineWhereNoneIsConfigured() throws Exception {
        try (Gateway gateway = Gateway.before(Script.accept())) {
            HttpResponse<String> response = Rest.post(gateway, "/openai/v1/realtime/client_secrets", REQUEST);
            String secret = Rest.json(response).path("value").asString();
            try (Caller caller = Caller.connect(gateway.uri("/v1/realtime"), "Authorization", "Bearer " + secret)) {
                assertThat(gateway.provider.next(SOON).receive()).contains("Be brief.");
                caller.send("{\"type\":\"a\"}");
            }
            assertThat(Caller.refusal(gateway.uri("/v1/realtime"), "Authorization", "Bearer ek_unknown"))
                    .isEqualTo(101);
        }
    }

    @Test
    void keepsClientsWithoutAKeyToTheirProfile() throws Exception {
        Profile locked = new Profile(
                new ClientPolicy(Set.of(), Optional.of(Set.of("audio.output.voice"))),
                RealtimeSessionConfig.EMPTY,
                Optional.empty(),
                Set.of(),
                Set.of(),
                Optional.empty());
        ClientAccess access = new ClientAccess(List.of(), Map.of(Profile.DEFAULT_NAME, locked), false);
        try (Gateway gateway = Gateway.before(Script.accept(), options -> options.access(access))) {
            HttpResponse<String> response = Rest.post(
                    gateway,
                    "/v1/realtime/client_secrets",
                    "{\"session\":{\"type\":\"realtime\",\"instructions\":\"Be rude.\"}}");
            assertThat(response.statusCode()).isEqualTo(403);
            JsonNode error = Rest.json(response).path("error");
            assertThat(error.path("code").asString()).isEqualTo("not_allowed");
            assertThat(error.path("param").asString()).isEqualTo("session.instructions");
        }
    }
}
