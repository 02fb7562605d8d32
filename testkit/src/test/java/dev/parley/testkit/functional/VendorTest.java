package dev.parley.testkit.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.RealtimeException;
import dev.parley.RealtimeSessionConfig;
import dev.parley.lane.Lane;
import dev.parley.lane.SerialLane;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.Event;
import dev.parley.protocol.Json;
import dev.parley.provider.ProviderSettings;
import dev.parley.provider.Providers;
import dev.parley.provider.Start;
import dev.parley.testkit.FakeConnection;
import dev.parley.testkit.FakeRealtimeServer;
import dev.parley.testkit.Script;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How each vendor is dialled: path, parameters, headers; and what is said where something is missing. */
class VendorTest {
    private static final String KEY = "sk-marker-vendor";

    private final FakeRealtimeServer server = FakeRealtimeServer.start(Script.accept());
    private final String base = server.baseUrl().replace("/v1", "");
    private final Map<String, String> environment = new HashMap<>();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void openai() throws Exception {
        environment.putAll(Map.of(
                "OPENAI_API_KEY",
                KEY,
                "OPENAI_BASE_URL",
                base + "/v1/",
                "OPENAI_ORG_ID",
                "org-1",
                "OPENAI_PROJECT_ID",
                "p-1"));
        FakeConnection dialled = dial("openai", RealtimeSessionConfig.EMPTY, Start.FRESH);
        assertThat(dialled.target()).isEqualTo("/v1/realtime?model=gpt-realtime-2.1");
        assertThat(dialled.headers())
                .containsEntry("authorization", "Bearer " + KEY)
                .containsEntry("openai-organization", "org-1")
                .containsEntry("openai-project", "p-1")
                .doesNotContainKeys("openai-beta", "origin", "cookie");
    }

    @Test
    void openaiSessionsThatOnlyWriteDownNameNoModel() throws Exception {
        environment.putAll(Map.of("OPENAI_API_KEY", KEY, "OPENAI_BASE_URL", base + "/v1"));
        RealtimeSessionConfig config =
                RealtimeSessionConfig.builder().transcription(true).model("m").build();
        assertThat(dial("openai", config, Start.FRESH).target()).isEqualTo("/v1/realtime?intent=transcription");
    }

    @Test
    void aCallIsJoinedWithoutAModel() throws Exception {
        environment.putAll(Map.of("OPENAI_API_KEY", KEY, "OPENAI_BASE_URL", base + "/v1?tenant=a"));
        RealtimeSessionConfig config =
                RealtimeSessionConfig.builder().model("m").build();
        assertThat(dial("openai", config, new Start.Join("rtc_1&x=2")).target())
                .isEqualTo("/v1/realtime?tenant=a&call_id=rtc_1%26x%3D2");
    }

    @Test
    void azure() throws Exception {
        environment.putAll(Map.of(
                "AZURE_OPENAI_ENDPOINT",
                base + "/",
                "AZURE_OPENAI_API_KEY",
                KEY,
                "AZURE_OPENAI_DEPLOYMENT",
                "my voice"));
        FakeConnection dialled = dial("azure", RealtimeSessionConfig.EMPTY, Start.FRESH);
        assertThat(dialled.target()).isEqualTo("/openai/v1/realtime?model=my+voice");
        assertThat(dialled.headers()).containsEntry("api-key", KEY).doesNotContainKeys("authorization", "openai-beta");
        for (String end : List.of("/openai/v1", "/openai/v1/", "/openai", "/openai/")) {
            environment.put("AZURE_OPENAI_ENDPOINT", base + end);
            assertThat(dial("azure", RealtimeSessionConfig.builder().model("d").build(), Start.FRESH)
                            .target())
                    .isEqualTo("/openai/v1/realtime?model=d");
        }
    }

    @Test
    void azureNeedsADeployment() {
        environment.putAll(Map.of("AZURE_OPENAI_ENDPOINT", base, "AZURE_OPENAI_API_KEY", KEY));
        try (Providers providers = new Providers(environment)) {
            assertThatThrownBy(() -> providers
                            .named("azure")
                            .connect(
                                    RealtimeSessionConfig.EMPTY,
                                    Start.FRESH,
                                    new SerialLane(),
                                    new Opened(new CompletableFuture<>())))
                    .isInstanceOf(RealtimeException.InvalidConfig.class)
                    .hasMessageContaining("AZURE_OPENAI_DEPLOYMENT");
        }
    }

    @Test
    void voiceLive() throws Exception {
        environment.putAll(Map.of("AZURE_VOICELIVE_ENDPOINT", base, "AZURE_VOICELIVE_API_KEY", KEY));
        FakeConnection dialled = dial("voice-live", RealtimeSessionConfig.EMPTY, Start.FRESH);
        assertThat(path(dialled)).isEqualTo("/voice-live/realtime");
        assertThat(query(dialled)).isEqualTo(Map.of("api-version", "2025-10-01", "model", "gpt-realtime"));
        assertThat(dialled.headers()).containsEntry("api-key", KEY);
    }

    @Test
    void xai() throws Exception {
        environment.putAll(Map.of("XAI_API_KEY", KEY, "XAI_BASE_URL", base + "/v1"));
        FakeConnection dialled = dial("xai", RealtimeSessionConfig.EMPTY, Start.FRESH);
        assertThat(dialled.target()).isEqualTo("/v1/realtime?model=grok-voice-latest");
        assertThat(dialled.headers()).containsEntry("authorization", "Bearer " + KEY);
    }

    @Test
    void inworld() throws Exception {
        environment.putAll(Map.of("INWORLD_API_KEY", KEY, "INWORLD_BASE_URL", base));
        RealtimeSessionConfig config =
                RealtimeSessionConfig.builder().model("m").build();
        FakeConnection dialled = dial("inworld", config, Start.FRESH);
        assertThat(path(dialled)).isEqualTo("/api/v1/realtime/session");
        assertThat(query(dialled)).containsEntry("protocol", "realtime").containsOnlyKeys("key", "protocol");
        assertThat(query(dialled).get("key")).startsWith("session_").isNotEqualTo(KEY);
        assertThat(dialled.headers()).containsEntry("authorization", "Basic " + KEY);
        // The model is told in the session.
        assertThat(Json.parse(dialled.receive().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(
                        Json.parse("{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"model\":\"m\"}}"
                                .getBytes(StandardCharsets.UTF_8)));
        assertThat(dialled.receive()).contains("response.create");
    }

    @Test
    void qwen() throws Exception {
        environment.putAll(Map.of("DASHSCOPE_API_KEY", KEY, "DASHSCOPE_REALTIME_URL", base + "/api-ws/v1"));
        assertThat(dial("qwen", RealtimeSessionConfig.EMPTY, Start.FRESH).target())
                .isEqualTo("/api-ws/v1/realtime?model=qwen3.5-omni-plus-realtime");
    }

    @Test
    void aServerOfOnesOwnNeedsNoKey() throws Exception {
        environment.put("PARLEY_COMPATIBLE_URL", base + "/v1");
        FakeConnection dialled = dial("compatible", RealtimeSessionConfig.EMPTY, Start.FRESH);
        assertThat(dialled.target()).isEqualTo("/v1/realtime");
        assertThat(dialled.headers()).doesNotContainKey("authorization");
        RealtimeSessionConfig config =
                RealtimeSessionConfig.builder().transcription(true).model("w").build();
        assertThat(query(dial("compatible", config, Start.FRESH)))
                .isEqualTo(Map.of("model", "w", "intent", "transcription"));
    }

    @Test
    void aNamedProviderHasItsOwnKeyHeadersAndDialect() throws Exception {
        environment.putAll(Map.of("OPENAI_API_KEY", "sk-other", "OPENAI_ORG_ID", "org-1", "EU_KEY", KEY));
        ProviderSettings eu = settings("eu", "openai", base + "/v1", "beta", Map.of("X-Team", "voice"));
        FakeConnection dialled = dial(eu, RealtimeSessionConfig.EMPTY, Start.FRESH);
        assertThat(dialled.headers())
                .containsEntry("authorization", "Bearer " + KEY)
                .containsEntry("x-team", "voice")
                .containsEntry("openai-beta", "realtime=v1")
                .doesNotContainKey("openai-organization");
        try (Providers providers = new Providers(environment, List.of(eu))) {
            assertThat(providers.has("eu")).isTrue();
            assertThat(providers.names()).contains("eu", "openai", "azure", "xai");
            assertThat(providers.has("nobody")).isFalse();
            assertThat(providers.allows("eu", "m1")).isTrue();
            assertThat(providers.allows("eu", "m2")).isFalse();
            assertThat(providers.allows("openai", "any")).isTrue();
        }
    }

    @Test
    void whatIsMissingOrWrongIsNamed() {
        assertWrong(ProviderSettings.of("openai"), "OPENAI_API_KEY");
        assertWrong(ProviderSettings.of("xai"), "XAI_API_KEY");
        environment.put("AZURE_OPENAI_API_KEY", KEY);
        assertWrong(ProviderSettings.of("azure"), "AZURE_OPENAI_ENDPOINT");
        assertWrong(ProviderSettings.of("compatible"), "PARLEY_COMPATIBLE_URL");
        assertWrong(settings("eu", "openai", base, "ga", Map.of()), "EU_KEY");
        environment.put("EU_KEY", KEY);
        assertWrong(settings("eu", "openai", "ftp://x", "ga", Map.of()), "the url of the provider 'eu'");
        assertWrong(settings("eu", "openai", base, "klingon", Map.of()), "klingon");
        assertWrong(settings("eu", "openai", base, "ga", Map.of("OpenAI-Beta", "realtime=v1")), "OpenAI-Beta");
        assertWrong(settings("eu", "openai", base, "ga", Map.of("X-A", "b\r\nX-Secret: 1")), "X-A");
        assertWrong(settings("eu", "openai", base, "ga", Map.of("Host", "other")), "Host");
        assertThatThrownBy(() -> new Providers(environment, List.of(settings("eu", "nobody", base, "ga", Map.of()))))
                .hasMessageContaining("nobody");
    }

    private void assertWrong(ProviderSettings settings, String named) {
        try (Providers providers = new Providers(environment, List.of(settings))) {
            assertThatThrownBy(() -> providers.named(settings.name()))
                    .isInstanceOf(RealtimeException.InvalidConfig.class)
                    .hasMessageContaining(named)
                    .hasMessageNotContaining(KEY);
        }
    }

    private static ProviderSettings settings(
            String name, String vendor, String url, String dialect, Map<String, String> headers) {
        return new ProviderSettings(
                name,
                vendor,
                Optional.of(url),
                Optional.of("EU_KEY"),
                Optional.of(dialect),
                headers,
                Optional.of("m1"),
                Set.of("m1"),
                Map.of());
    }

    private FakeConnection dial(String vendor, RealtimeSessionConfig config, Start start) throws Exception {
        return dial(ProviderSettings.of(vendor), config, start);
    }

    /** Connects, sends one event, and gives the connection as the server has it. */
    private FakeConnection dial(ProviderSettings settings, RealtimeSessionConfig config, Start start) throws Exception {
        try (Providers providers = new Providers(environment, List.of(settings))) {
            CompletableFuture<Leg> opened = new CompletableFuture<>();
            Lane lane = new SerialLane();
            lane.execute(() -> providers.named(settings.name()).connect(config, start, lane, new Opened(opened)));
            Leg leg = opened.get(10, TimeUnit.SECONDS);
            FakeConnection connection = server.next(Duration.ofSeconds(10));
            lane.execute(() -> {
                leg.send(ControlEvent.of(Json.object().put("type", "response.create")));
                leg.flush();
            });
            org.awaitility.Awaitility.await().until(() -> !connection.received().isEmpty());
            return connection;
        }
    }

    private static String path(FakeConnection connection) {
        return URI.create(connection.target()).getPath();
    }

    private static Map<String, String> query(FakeConnection connection) {
        Map<String, String> query = new TreeMap<>();
        for (String pair : URI.create(connection.target()).getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private record Opened(CompletableFuture<Leg> leg) implements LegListener {
        @Override
        public void opened(Leg now) {
            leg.complete(now);
        }

        @Override
        public void event(Leg now, Event event) {}

        @Override
        public void batchEnd(Leg now) {}

        @Override
        public void writable(Leg now, boolean can) {}

        @Override
        public void closed(Leg now, CloseReason why) {
            leg.completeExceptionally(new AssertionError(why.text()));
        }
    }
}
