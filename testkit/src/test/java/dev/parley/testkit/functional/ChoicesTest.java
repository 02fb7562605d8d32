package dev.parley.testkit.functional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeSessionConfig;
import dev.parley.access.ClientAccess;
import dev.parley.access.ClientKey;
import dev.parley.access.Profile;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.Json;
import dev.parley.session.ClientPolicy;
import dev.parley.testkit.Caller;
import dev.parley.testkit.Script;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What a page can ask before it connects, and after it could not. */
class ChoicesTest {
    private static final String KEY = "pk-web-0123456789";
    private static final Profile KIOSK = new Profile(
            ClientPolicy.ALL,
            RealtimeSessionConfig.EMPTY,
            Optional.empty(),
            Set.of("openai"),
            Set.of("gpt-realtime-2", "other"),
            Optional.empty());

    private static Gateway gateway() {
        ClientKey key = new ClientKey("web", ClientKey.digest(KEY), Optional.of("kiosk"), OptionalInt.of(1));
        ClientAccess access = new ClientAccess(List.of(key), Map.of("kiosk", KIOSK), false);
        return Gateway.before(Script.accept(), options -> options.access(access));
    }

    private static HttpResponse<String> get(Gateway gateway, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static dev.parley.transport.HttpResponse choices(Gateway gateway, String key) {
        return gateway.module
                .gateway()
                .choices(new dev.parley.transport.HttpRequest(
                        "GET",
                        "/choices",
                        Map.of(),
                        Map.of("authorization", "Bearer " + key),
                        Bytes.utf8(""),
                        "127.0.0.1:1",
                        false));
    }

    private static String code(HttpResponse<String> refused) {
        return Json.parse(refused.body().getBytes(StandardCharsets.UTF_8))
                .at("/error/code")
                .asString();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/realtime?model=gpt-realtime-2, wrong, 401, invalid_api_key",
        "/realtime, wrong, 401, invalid_api_key",
        "/v1/realtime?model=gpt-4, pk-web-0123456789, 404, model_not_found",
        "/v1/realtime?provider=nobody, pk-web-0123456789, 404, provider_not_found",
        "/v1/realtime?intent=translation, pk-web-0123456789, 400, invalid_value",
    })
    void tellsWhyAnUpgradeWouldBeRefused(String path, String key, int status, String code) throws Exception {
        try (Gateway gateway = gateway()) {
            HttpResponse<String> answer = get(gateway, path, "Authorization", "Bearer " + key);
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(code(answer)).isEqualTo(code);
            assertThat(Caller.refusal(gateway.uri(path), "Authorization", "Bearer " + key))
                    .isEqualTo(status);
        }
    }

    @Test
    void tellsOfAQuotaAndTakesNoSeatItself() throws Exception {
        String path = "/v1/realtime?model=gpt-realtime-2";
        try (Gateway gateway = gateway()) {
            for (int i = 0; i < 3; i++) {
                assertThat(get(gateway, path, "Authorization", "Bearer " + KEY).statusCode())
                        .isEqualTo(426);
            }
            try (Caller only = Caller.connect(gateway.uri(path), "Authorization", "Bearer " + KEY)) {
                HttpResponse<String> answer = get(gateway, path, "Authorization", "Bearer " + KEY);
                assertThat(answer.statusCode()).isEqualTo(429);
                assertThat(code(answer)).isEqualTo("session_quota_exceeded");
                assertThat(only.socket().isInputClosed()).isFalse();
            }
        }
    }

    @Test
    void opensTheReasonToAllowedPagesOnly() throws Exception {
        try (Gateway gateway =
                Gateway.before(Script.accept(), options -> options.allowOrigin("https://page.example"))) {
            HttpResponse<String> allowed = get(gateway, "/v1/realtime", "Origin", "https://page.example");
            assertThat(allowed.headers().firstValue("access-control-allow-origin"))
                    .contains("https://page.example");
            HttpResponse<String> foreign = get(gateway, "/v1/realtime", "Origin", "https://evil.example");
            assertThat(foreign.statusCode()).isEqualTo(403);
            assertThat(foreign.headers().firstValue("access-control-allow-origin"))
                    .isEmpty();
        }
    }

    @Test
    void listsWhatAClientMayChoose() throws Exception {
        try (Gateway gateway = gateway()) {
            assertThat(choices(gateway, "no").status()).isEqualTo(401);
            JsonNode choices = Json.parse(choices(gateway, KEY).body());
            assertThat(choices.path("key_needed").asBoolean()).isTrue();
            assertThat(choices.path("opus").asBoolean()).isFalse();
            JsonNode providers = choices.path("providers");
            assertThat(providers.size()).isEqualTo(1);
            JsonNode openai = providers.get(0);
            assertThat(openai.path("name").asString()).isEqualTo("openai");
            assertThat(openai.path("ready").asBoolean()).isTrue();
            assertThat(openai.path("models").toString()).isEqualTo("[\"gpt-realtime-2\"]");
            assertThat(openai.path("turn_detection").toString()).contains("server_vad");
        }
    }
}
