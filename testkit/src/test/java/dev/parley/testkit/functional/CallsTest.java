package dev.parley.testkit.functional;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.RealtimeSessionConfig;
import dev.parley.protocol.Json;
import dev.parley.provider.Calls;
import dev.parley.provider.Calls.Answer;
import dev.parley.provider.Providers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** WebRTC offers on their way to a provider, against a server that answers as recorded ones did. */
class CallsTest {
    private static final String KEY = "sk-marker-calls";
    private static final String OFFER = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\n";
    private static final RealtimeSessionConfig CONFIG = RealtimeSessionConfig.builder()
            .model("gpt-realtime")
            .instructions("Be brief.")
            .build();

    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private volatile Answering answering = exchange -> answer(exchange, 500, "text/plain", "");
    private String base;

    private interface Answering {
        void to(HttpExchange exchange) throws IOException;
    }

    private record Asked(String method, String target, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return String.join(",", headers.getOrDefault(name, List.of()));
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            answering.to(exchange);
        });
        server.start();
        base = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void placed(HttpExchange exchange, String location) {
        exchange.getResponseHeaders().set("Location", location);
        answer(exchange, 201, "text/plain", "v=0\r\nanswer");
    }

    private Answer place(String vendor) throws Exception {
        try (Providers providers = providers()) {
            return calls(providers, vendor).place(OFFER, CONFIG).get(15, TimeUnit.SECONDS);
        }
    }

    private Providers providers() {
        return new Providers(Map.of(
                "OPENAI_API_KEY", KEY,
                "OPENAI_BASE_URL", base + "/v1",
                "AZURE_OPENAI_API_KEY", KEY,
                "AZURE_OPENAI_ENDPOINT", base,
                "XAI_API_KEY", KEY));
    }

    private static Calls calls(Providers providers, String vendor) {
        return providers.named(vendor).calls().orElseThrow();
    }

    @Test
    void openaiGetsTheOfferAndTheSessionInOneRequest() throws Exception {
        answering = exchange -> placed(exchange, "/v1/realtime/calls/rtc_1");
        assertThat(place("openai")).isEqualTo(new Answer.Placed("rtc_1", "v=0\r\nanswer"));
        Asked request = asked.getFirst();
        assertThat(request.method() + " " + request.target()).isEqualTo("POST /v1/realtime/calls");
        assertThat(request.header("Authorization")).isEqualTo("Bearer " + KEY);
        assertThat(request.header("Content-type")).startsWith("multipart/form-data; boundary=");
        String boundary = request.header("Content-type").split("boundary=", 2)[1];
        String[] parts = request.body().split("--" + boundary, -1);
        assertThat(parts).hasSize(4);
        assertThat(parts[1]).contains("name=\"sdp\"").contains("application/sdp\r\n\r\n" + OFFER);
        assertThat(parts[2]).contains("name=\"session\"").contains("Content-Type: application/json");
        String session = parts[2].substring(parts[2].indexOf('{'));
        assertThat(Json.parse(session.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Json.object()
                        .put("type", "realtime")
                        .put("instructions", "Be brief.")
                        .put("model", "gpt-realtime"));
        assertThat(parts[3]).isEqualTo("--\r\n");
    }

    @Test
    void azureGetsTheSessionForASecretAndTheOfferWithIt() throws Exception {
        answering = exchange -> {
            if (exchange.getRequestURI().getPath().endsWith("/client_secrets")) {
                answer(exchange, 200, "application/json", "{\"value\":\"ek_1\",\"expires_at\":1}");
            } else {
                placed(exchange, base + "/openai/v1/realtime/calls/rtc_2?x=1");
            }
        };
        assertThat(place("azure")).isEqualTo(new Answer.Placed("rtc_2", "v=0\r\nanswer"));
        assertThat(asked)
                .extracting(Asked::target)
                .containsExactly("/openai/v1/realtime/client_secrets", "/openai/v1/realtime/calls?webrtcfilter=on");
        assertThat(asked.get(0).header("Api-key")).isEqualTo(KEY);
        assertThat(Json.parse(asked.get(0).body().getBytes(StandardCharsets.UTF_8))
                        .at("/session/model")
                        .asString())
                .isEqualTo("gpt-realtime");
        assertThat(asked.get(1).header("Authorization")).isEqualTo("Bearer ek_1");
        assertThat(asked.get(1).header("Api-key")).isEmpty();
        assertThat(asked.get(1).header("Content-type")).isEqualTo("application/sdp");
        assertThat(asked.get(1).body()).isEqualTo(OFFER);
    }

    @Test
    void aProvidersErrorIsPassedOn() throws Exception {
        answering = exchange -> answer(
                exchange,
                400,
                "application/json; charset=utf-8",
                "{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"invalid_value\",\"message\":\"Bad voice.\","
                        + "\"param\":\"session.audio.output.voice\"}}");
        assertThat(place("openai")).isInstanceOfSatisfying(Answer.Refused.class, refused -> {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.error().code()).isEqualTo("invalid_value");
            assertThat(refused.error().message()).isEqualTo("Bad voice.");
            assertThat(refused.error().param()).isEqualTo("session.audio.output.voice");
        });
    }

    @Test
    void aKeyIsNeverQuoted() throws Exception {
        for (int status : new int[] {400, 401, 403, 500}) {
            answering = exchange -> answer(
                    exchange,
                    status,
                    "application/json",
                    "{\"error\":{\"type\":\"x\",\"code\":\"c-" + KEY + "\",\"message\":\"Wrong key " + KEY + "\"}}");
            assertThat(place("openai")).isInstanceOfSatisfying(Answer.Refused.class, refused -> {
                // That the gateway's key is refused is no fault of the client's key.
                assertThat(refused.status()).isEqualTo(status == 401 || status == 403 ? 502 : status);
                assertThat(refused.error().toString()).doesNotContain(KEY).contains("HTTP " + status);
            });
        }
    }

    @Test
    void anAnswerThatIsNoneIsTheGatewaysFault() throws Exception {
        for (Answering each : List.<Answering>of(
                exchange -> answer(exchange, 201, "application/sdp", "v=0"),
                exchange -> answer(exchange, 302, "text/html", "<html>"),
                exchange -> answer(exchange, 201, "application/sdp", "x".repeat((1 << 20) + 1)),
                HttpExchange::close)) {
            answering = each;
            assertThat(place("openai"))
                    .isInstanceOfSatisfying(
                            Answer.Refused.class,
                            refused -> assertThat(refused.status()).isEqualTo(502));
        }
        answering = exchange -> answer(exchange, 200, "application/json", "{\"value\":\"ek\\r\\nX-A: b\"}");
        assertThat(place("azure"))
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.status()).isEqualTo(502));
    }

    @Test
    void nobodyThereIsTold() throws Exception {
        server.stop(0);
        assertThat(place("openai")).isInstanceOfSatisfying(Answer.Refused.class, refused -> {
            assertThat(refused.status()).isEqualTo(502);
            assertThat(refused.error().code()).isEqualTo("provider_unreachable");
        });
    }

    @Test
    void aCallIsHungUp() throws Exception {
        answering = exchange -> answer(exchange, 404, "text/plain", "gone");
        try (Providers providers = providers()) {
            assertThat(calls(providers, "openai").hangUp("rtc_1/../x").get(15, TimeUnit.SECONDS))
                    .isNull();
            assertThat(providers.named("xai").calls()).isEmpty();
        }
        assertThat(asked).extracting(Asked::target).containsExactly("/v1/realtime/calls/rtc_1%2F..%2Fx/hangup");
    }
}
